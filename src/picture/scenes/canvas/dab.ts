import { type Canvas, cover, type Region } from './canvas.ts';
import type { Colour } from './colour.ts';

/** Where paint goes: how far the thing is and what it is. */
export interface Matter {
  /** Metres. */
  distance: number;
  region: Region;
}

/**
 * One touch of a brush: an upright ellipse with a soft rim. Positions and radii in pixels.
 */
export function dab(
  canvas: Canvas,
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
  paint: Colour,
  alpha: number,
  { distance, region }: Matter,
): void {
  const { width, height } = canvas;
  // Smaller than a pixel: the pixel is covered in part.
  const wide = Math.max(radiusX, 0.6);
  const high = Math.max(radiusY, 0.6);
  const strength = alpha * Math.min(1, radiusX / wide) * Math.min(1, radiusY / high);
  const lastRow = Math.min(height - 1, Math.floor(y + high));
  const lastColumn = Math.min(width - 1, Math.floor(x + wide));
  for (let row = Math.max(0, Math.floor(y - high)); row <= lastRow; row++) {
    const dy = (row + 0.5 - y) / high;
    for (let column = Math.max(0, Math.floor(x - wide)); column <= lastColumn; column++) {
      const dx = (column + 0.5 - x) / wide;
      const away = dx * dx + dy * dy;
      if (away >= 1) continue;
      const share = Math.min(1, (1 - away) * 2.2) * strength;
      cover(canvas, row * width + column, paint[0], paint[1], paint[2], share, distance, region);
    }
  }
}

/** One row of a stem or a blade: covers the pixels from x − half to x + half of a row, smoothly. */
export function span(
  canvas: Canvas,
  row: number,
  x: number,
  half: number,
  paint: Colour,
  alpha: number,
  { distance, region }: Matter,
): void {
  if (row < 0 || row >= canvas.height) return;
  const first = Math.max(0, Math.floor(x - half));
  const last = Math.min(canvas.width - 1, Math.floor(x + half));
  for (let column = first; column <= last; column++) {
    const share = Math.min(column + 1, x + half) - Math.max(column, x - half);
    if (share > 0) {
      const pixel = row * canvas.width + column;
      cover(canvas, pixel, paint[0], paint[1], paint[2], share * alpha, distance, region);
    }
  }
}
