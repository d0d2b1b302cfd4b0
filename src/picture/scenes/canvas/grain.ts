import { clamp01 } from '../../pixels/smoothstep.ts';
import type { Canvas } from './canvas.ts';
import { hash01, noise } from './noise.ts';

/**
 * The tooth of the canvas, and a triangular dither of one step of 8 bits, so that rounding to bytes leaves no bands
 * (Lipshitz and others, "Quantization and dither", 1992).
 */
export function addGrain(canvas: Canvas, seed: number): void {
  const { width, height, unit } = canvas;
  // One tile of dither for all: it is far finer than what the eye could recognise.
  const side = 256;
  const dither = Float32Array.from({ length: side * side * 3 }, (_, index) => {
    return (hash01(index, 1, seed) + hash01(index, 2, seed) - 1) / 255;
  });
  const scale = 0.35 / unit;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const tooth = 0.009 * noise(column * scale, row * scale, 991);
      const at = ((row % side) * side + (column % side)) * 3;
      canvas.red[pixel] = clamp01(canvas.red[pixel]! + tooth + dither[at]!);
      canvas.green[pixel] = clamp01(canvas.green[pixel]! + tooth + dither[at + 1]!);
      canvas.blue[pixel] = clamp01(canvas.blue[pixel]! + tooth + dither[at + 2]!);
    }
  }
}
