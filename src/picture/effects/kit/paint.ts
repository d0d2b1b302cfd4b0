import { yuv } from '../../overlays/draw-sprite.ts';
import { blur } from '../../pixels/box.ts';
import type { EffectCanvas, Texture } from '../kernel/canvas.ts';

/** Red, green and blue as 8-bit sRGB, and opacity 0–1. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** Writes a pixel of a texture. */
export function setPixel({ pixels }: Texture, at: number, [red, green, blue, opacity]: Colour): void {
  const hold = (value: number) => Math.max(0, Math.min(255, value));
  const [luma, blueChroma, redChroma] = yuv(hold(red), hold(green), hold(blue));
  pixels[4 * at] = luma + 0.5;
  pixels[4 * at + 1] = blueChroma + 0.5;
  pixels[4 * at + 2] = redChroma + 0.5;
  pixels[4 * at + 3] = hold(255 * opacity + 0.5);
}

/** Makes a texture from a function of the place, in fractions of its width and height. */
export function paintTexture(
  canvas: EffectCanvas,
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Colour,
): Texture {
  const texture = canvas.createTexture(width, height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      setPixel(texture, at, colourAt((column + 0.5) / width, (row + 0.5) / height));
    }
  }
  return texture;
}

/** The colour of a pixel of a texture as 8-bit sRGB: the inverse of {@link setPixel}. */
export function colourAt({ pixels }: Texture, at: number): [red: number, green: number, blue: number] {
  const bright = 1.16438 * (pixels[4 * at]! - 16);
  const blue = pixels[4 * at + 1]! - 128;
  const red = pixels[4 * at + 2]! - 128;
  const hold = (value: number) => Math.max(0, Math.min(255, value));
  return [
    hold(bright + 1.79274 * red),
    hold(bright - 0.21325 * blue - 0.53291 * red),
    hold(bright + 2.1124 * blue),
  ];
}

/** The mean colour of the picture in a circle; `x`, `y` and `radius` in pixels of the canvas. */
export function meanColour(
  { still, width, height }: EffectCanvas,
  x: number,
  y: number,
  radius: number,
): [red: number, green: number, blue: number] {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let step = 0; step < 400; step++) {
    // A sunflower's seeds: evenly spread over the circle.
    const distance = radius * Math.sqrt((step + 0.5) / 400);
    const column = Math.floor(x + distance * Math.cos(2.4 * step));
    const row = Math.floor(y + distance * Math.sin(2.4 * step));
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const colour = colourAt(still, row * width + column);
    for (let channel = 0; channel < 3; channel++) sum[channel]! += colour[channel]!;
    count++;
  }
  return sum.map((value) => value / Math.max(1, count)) as [number, number, number];
}

/**
 * The picture far out of focus, small: to be drawn enlarged.
 *
 * @param radius of the blur in short sides
 */
export function blurPicture(
  canvas: EffectCanvas,
  radius: number,
  change: (red: number, green: number, blue: number) => Colour,
): Texture {
  const { still, width, height, short } = canvas;
  const cell = short / 120;
  const columns = Math.round(width / cell);
  const rows = Math.round(height / cell);
  const planes = [0, 1, 2].map(() => new Float32Array(columns * rows));
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      // Two samples a side are enough below a blur of many cells.
      const sum = [0, 0, 0];
      for (let tap = 0; tap < 4; tap++) {
        const x = Math.min(width - 1, Math.floor((column + 0.25 + 0.5 * (tap & 1)) * cell));
        const y = Math.min(height - 1, Math.floor((row + 0.25 + 0.5 * (tap >> 1)) * cell));
        const colour = colourAt(still, y * width + x);
        for (let channel = 0; channel < 3; channel++) sum[channel]! += colour[channel]! / 4;
      }
      planes.forEach((plane, channel) => {
        plane[at] = sum[channel]!;
      });
    }
  }
  const reach = Math.max(1, Math.round((radius * 120) / 1.7));
  const [red, green, blue] = planes.map((plane) => blur(plane, columns, rows, reach));
  const texture = canvas.createTexture(columns, rows);
  for (let at = 0; at < columns * rows; at++)
    setPixel(texture, at, change(red![at]!, green![at]!, blue![at]!));
  return texture;
}

/** A copy, at the size of the canvas, of what it shows when a texture is spread over it. */
export function spread(canvas: EffectCanvas, texture: Texture): Texture {
  canvas.warp(texture, (x, y, point) => {
    point[0] = x;
    point[1] = y;
  });
  const copy = canvas.createTexture(canvas.width, canvas.height);
  copy.pixels.set(canvas.pixels);
  canvas.show(canvas.still);
  return copy;
}
