import { blur } from '../../pixels/box.ts';
import type { Canvas } from './canvas.ts';
import type { Colour } from './colour.ts';

/** How the painted light becomes a picture. */
export interface Film {
  /** Light is multiplied by this first. */
  exposure: number;
  /** 1 is neutral. */
  saturation: number;
  /** How much darker the corners are, 0–1. */
  vignette: number;
  /** Light above this shines into its surroundings, */
  bloomThreshold: number;
  /** this much. */
  bloom: number;
  /** What shadows and highlights are multiplied by. */
  shadows: Colour;
  highlights: Colour;
}

/** The usual development. */
export const plainFilm: Film = {
  exposure: 1,
  saturation: 1.08,
  vignette: 0.26,
  bloomThreshold: 0.9,
  bloom: 0.35,
  shadows: [0.98, 1, 1.04],
  highlights: [1.02, 1, 0.98],
};

const encode = encodingTable();

/** Develops a canvas: afterwards its colours are sRGB encoded, 0–1, and no longer light. */
export function develop(canvas: Canvas, film: Film): void {
  addBloom(canvas, film);
  const { width, height, red, green, blue } = canvas;
  const { exposure, vignette, saturation, shadows, highlights } = film;
  const last = encode.length - 2;
  const planes = [red, green, blue] as const;
  const toned = new Float64Array(3);
  for (let row = 0, pixel = 0; row < height; row++) {
    const down = (row + 0.5) / height - 0.5;
    for (let column = 0; column < width; column++, pixel++) {
      const across = (column + 0.5) / width - 0.5;
      const lens = exposure * (1 - vignette * Math.min(1, (across * across + down * down) * 1.8));
      for (let channel = 0; channel < 3; channel++) toned[channel] = tone(planes[channel]![pixel]! * lens);
      const grey = 0.2126 * toned[0]! + 0.7152 * toned[1]! + 0.0722 * toned[2]!;
      const bright = Math.max(0, Math.min(1, grey * 1.4));
      for (let channel = 0; channel < 3; channel++) {
        const tint = shadows[channel]! + (highlights[channel]! - shadows[channel]!) * bright;
        const value = (grey + (toned[channel]! - grey) * saturation) * tint;
        const position = Math.sqrt(Math.max(0, Math.min(1, value))) * last;
        const index = position | 0;
        planes[channel]![pixel] = encode[index]! + (encode[index + 1]! - encode[index]!) * (position - index);
      }
    }
  }
}

/** A film's curve: lifts the middle, and bends gently towards white (a rational fit after Narkowicz, 2016). */
function tone(value: number): number {
  const light = Math.max(0, value);
  return (light * (1.506 * light + 0.2)) / (light * (1.458 * light + 0.75) + 0.16);
}

/** sRGB encoding over the square root of the light, which spreads the dark values over the table. */
function encodingTable(): Float32Array {
  return Float32Array.from({ length: 4098 }, (_, index) => {
    const value = Math.min(1, index / 4096) ** 2;
    return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  });
}

/** What is brighter than the threshold shines around itself: computed at a quarter of the size, in two radii. */
function addBloom(canvas: Canvas, { bloomThreshold, bloom }: Film): void {
  if (bloom === 0) return;
  const { width, height } = canvas;
  const small = Math.ceil(width / 4);
  const low = Math.ceil(height / 4);
  const radius = Math.max(1, Math.round(0.008 * Math.sqrt(width * height) * 0.25));
  for (const plane of [canvas.red, canvas.green, canvas.blue]) {
    const bright = new Float32Array(small * low);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const over = Math.min(12, plane[row * width + column]! - bloomThreshold);
        if (over > 0) bright[(row >> 2) * small + (column >> 2)]! += over / 16;
      }
    }
    const near = blur(bright, small, low, radius);
    const wide = blur(bright, small, low, radius * 5);
    for (let index = 0; index < near.length; index++) {
      near[index] = bloom * (0.6 * near[index]! + 0.7 * wide[index]!);
    }
    addEnlarged(plane, width, height, near, small, low);
  }
}

/** Adds a plane of a quarter of the size, enlarged bilinearly. */
function addEnlarged(
  plane: Float32Array,
  width: number,
  height: number,
  small: Float32Array,
  smallWidth: number,
  smallHeight: number,
): void {
  for (let row = 0; row < height; row++) {
    const y = Math.max(0, Math.min(smallHeight - 1, (row + 0.5) / 4 - 0.5));
    const top = Math.min(smallHeight - 2, y | 0);
    const upper = Math.max(0, top) * smallWidth;
    const lower = Math.min(smallHeight - 1, top + 1) * smallWidth;
    const down = y - Math.max(0, top);
    for (let column = 0; column < width; column++) {
      const x = Math.max(0, Math.min(smallWidth - 1, (column + 0.5) / 4 - 0.5));
      const left = Math.max(0, Math.min(smallWidth - 2, x | 0));
      const right = Math.min(smallWidth - 1, left + 1);
      const across = x - left;
      const above = small[upper + left]! + (small[upper + right]! - small[upper + left]!) * across;
      const below = small[lower + left]! + (small[lower + right]! - small[lower + left]!) * across;
      plane[row * width + column]! += above + (below - above) * down;
    }
  }
}
