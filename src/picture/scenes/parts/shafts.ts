import { boxMean } from '../../pixels/box.ts';
import { resizeBilinear } from '../../pixels/resize.ts';
import type { Canvas } from '../canvas/canvas.ts';
import type { Colour } from '../canvas/colour.ts';
import { hash01 } from '../canvas/noise.ts';

/** Beams of light that come through gaps. */
export interface Shafts {
  /** Where they come from, as shares of the width and height; may lie outside. */
  x: number;
  y: number;
  strength: number;
  paint: Colour;
  /** Only what is brighter than this casts them. */
  threshold: number;
}

/** Adds beams: the light that gets past what is painted, smeared away from its source, at a quarter of the size. */
export function paintShafts(canvas: Canvas, shafts: Shafts): void {
  const width = Math.ceil(canvas.width / 4);
  const height = Math.ceil(canvas.height / 4);
  const bright = new Float32Array(width * height);
  const beams = new Float32Array(width * height);
  const sourceX = shafts.x * width;
  const sourceY = shafts.y * height;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel =
        Math.min(canvas.height - 1, row * 4 + 2) * canvas.width + Math.min(canvas.width - 1, column * 4 + 2);
      const light = canvas.red[pixel]! * 0.3 + canvas.green[pixel]! * 0.7;
      const away = ((column - sourceX) / width) ** 2 + ((row - sourceY) / width) ** 2;
      bright[row * width + column] = Math.max(0, light - shafts.threshold) * Math.exp(-away * 7);
    }
  }
  const steps = 44;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const jitter = hash01(column, row, 3);
      let sum = 0;
      for (let step = 0; step < steps; step++) {
        const share = ((step + jitter) / steps) * 0.8;
        const x = Math.round(column + (sourceX - column) * share);
        const y = Math.round(row + (sourceY - row) * share);
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        sum += bright[y * width + x]! * (1 - share * 0.5);
      }
      beams[row * width + column] = (sum / steps) * shafts.strength;
    }
  }
  boxMean(beams, width, height, 1, beams);
  const full = resizeBilinear(beams, width, height, width * 4, height * 4);
  for (let row = 0, pixel = 0; row < canvas.height; row++) {
    for (let column = 0; column < canvas.width; column++, pixel++) {
      const light = full[row * width * 4 + column]!;
      canvas.red[pixel]! += light * shafts.paint[0];
      canvas.green[pixel]! += light * shafts.paint[1];
      canvas.blue[pixel]! += light * shafts.paint[2];
    }
  }
}
