import { createRandom } from '../../../random.ts';

const SIZE = 1024;
const MASK = SIZE - 1;

/** A shuffle of 0 … 1023: it turns a lattice point into a gradient. Far too long a period to be seen in one picture. */
const order = shuffled();
const gradientX = new Float64Array(256);
const gradientY = new Float64Array(256);
for (let index = 0; index < 256; index++) {
  // 1.5 brings the noise to about ±1.
  gradientX[index] = 1.5 * Math.cos((index / 128) * Math.PI);
  gradientY[index] = 1.5 * Math.sin((index / 128) * Math.PI);
}

function shuffled(): Uint16Array {
  const random = createRandom(20_240);
  const values = Uint16Array.from({ length: SIZE }, (_, index) => index);
  for (let index = SIZE - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const value = values[index]!;
    values[index] = values[other]!;
    values[other] = value;
  }
  return values;
}

/** Gradient noise (Perlin, "Improving noise", 2002): about −1 … 1, smooth, with features one unit in size. */
export function noise(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const fy = y - top;
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const column = left + (Math.imul(seed, 0x9e3779b1) >>> 20);
  const row = top + (Math.imul(seed + 77, 0x85ebca6b) >>> 20);
  const near = order[column & MASK]! + row;
  const far = order[(column + 1) & MASK]! + row;
  const a = order[near & MASK]! & 255;
  const b = order[far & MASK]! & 255;
  const c = order[(near + 1) & MASK]! & 255;
  const d = order[(far + 1) & MASK]! & 255;
  const upperLeft = gradientX[a]! * fx + gradientY[a]! * fy;
  const upperRight = gradientX[b]! * (fx - 1) + gradientY[b]! * fy;
  const lowerLeft = gradientX[c]! * fx + gradientY[c]! * (fy - 1);
  const lowerRight = gradientX[d]! * (fx - 1) + gradientY[d]! * (fy - 1);
  const upper = upperLeft + (upperRight - upperLeft) * u;
  const lower = lowerLeft + (lowerRight - lowerLeft) * u;
  return upper + (lower - upper) * v;
}

/**
 * Octaves of noise, each twice as fine and `gain` as strong: about −1 … 1. The octaves are turned against each
 * other (3-4-5 triangle), which hides the lattice.
 */
export function fractal(x: number, y: number, seed: number, octaves: number, gain = 0.5): number {
  let amplitude = 1;
  let total = 0;
  let weight = 0;
  for (let octave = 0; octave < octaves; octave++) {
    total += amplitude * noise(x, y, seed + octave);
    weight += amplitude;
    amplitude *= gain;
    const turned = (0.8 * x - 0.6 * y) * 2.03;
    y = (0.6 * x + 0.8 * y) * 2.03 + 17.3;
    x = turned;
  }
  return total / weight;
}

/**
 * Ridged multifractal, 0 … 1 (Musgrave, "Texturing and Modeling", chapter 16): sharp crests, and more detail on the
 * crests than in the valleys.
 */
export function ridges(x: number, y: number, seed: number, octaves: number): number {
  let amplitude = 1;
  let total = 0;
  let weight = 0;
  let previous = 1;
  for (let octave = 0; octave < octaves; octave++) {
    let crest = 1 - Math.abs(noise(x, y, seed + octave));
    crest *= crest;
    total += amplitude * crest * previous;
    weight += amplitude;
    previous = Math.max(0, Math.min(1, crest * 1.4));
    amplitude *= 0.48;
    const turned = (0.8 * x - 0.6 * y) * 2.07;
    y = (0.6 * x + 0.8 * y) * 2.07 + 31.7;
    x = turned;
  }
  return total / weight;
}

/** Where in their cells the points of {@link lace} lie; they repeat after 256 cells each way. */
const LACE = 256;
const laceX = new Float32Array(LACE * LACE);
const laceY = new Float32Array(LACE * LACE);
const scatter = createRandom(61_803);
for (let cell = 0; cell < LACE * LACE; cell++) {
  laceX[cell] = scatter();
  laceY[cell] = scatter();
}

/** Distance to the border between two cells (Worley, 1996: F2 − F1), 0 on the border: the lace of foam. */
export function lace(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  let first = 9;
  let second = 9;
  for (let row = top - 1; row <= top + 1; row++) {
    const line = ((row + 57 * seed) & (LACE - 1)) * LACE;
    for (let column = left - 1; column <= left + 1; column++) {
      const cell = line + ((column + 31 * seed) & (LACE - 1));
      const dx = column + laceX[cell]! - x;
      const dy = row + laceY[cell]! - y;
      const distance = dx * dx + dy * dy;
      if (distance < first) {
        second = first;
        first = distance;
      } else if (distance < second) second = distance;
    }
  }
  return Math.sqrt(second) - Math.sqrt(first);
}

function hash(x: number, y: number, seed: number): number {
  let mixed = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed | 0, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** A number in [0, 1) that belongs to a pair of whole numbers: the same pair and seed give the same number. */
export function hash01(x: number, y: number, seed: number): number {
  return hash(x, y, seed) / 4294967296;
}
