import type { RgbImage } from '../image.ts';

/** A picture in CIE Lab divided by 100: differences that look equal are about equal. */
export interface LabImage {
  width: number;
  height: number;
  /** 0 black … 1 white. */
  lightness: Float32Array;
  /** Green (negative) to red, about −1 … 1; 0 is grey. */
  greenRed: Float32Array;
  /** Blue (negative) to yellow, about −1 … 1; 0 is grey. */
  blueYellow: Float32Array;
}

const LINEAR_STEPS = 1023;
const ROOT_STEPS = 4095;

/** sRGB value → linear light, IEC 61966-2-1. */
const linearOf = Float32Array.from({ length: LINEAR_STEPS + 1 }, (_, index) => {
  const value = index / LINEAR_STEPS;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** The CIE 1976 root with its linear foot, CIE 15:2004; the argument runs from 0 to 1.1. */
const rootOf = Float32Array.from({ length: ROOT_STEPS + 1 }, (_, index) => {
  const value = (index / ROOT_STEPS) * 1.1;
  return value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116;
});

// What is looked up is never negative: cutting off after adding a half rounds it.
const linear = (value: number) => linearOf[(value * LINEAR_STEPS + 0.5) | 0]!;
const root = (value: number) => rootOf[(value * (ROOT_STEPS / 1.1) + 0.5) | 0]!;

/** Converts a picture to Lab for the white point D65; within 0.01 of the exact value. Values must lie in [0, 1]. */
export function toLab(image: RgbImage): LabImage {
  const { width, height } = image;
  const count = width * height;
  const lightness = new Float32Array(count);
  const greenRed = new Float32Array(count);
  const blueYellow = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    const red = linear(image.red[index]!);
    const green = linear(image.green[index]!);
    const blue = linear(image.blue[index]!);
    const x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
    const y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    const z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
    lightness[index] = 1.16 * y - 0.16;
    greenRed[index] = 5 * (x - y);
    blueYellow[index] = 2 * (y - z);
  }
  return { width, height, lightness, greenRed, blueYellow };
}
