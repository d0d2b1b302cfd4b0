import type { LabImage } from '../pixels/lab.ts';
import { findSuperpixels, type Superpixels } from '../pixels/superpixels.ts';
import type { Cue } from './cue.ts';
import { connectPatches, type PatchGraph } from './patch-graph.ts';
import type { View } from './view.ts';

/** How many patches a picture is divided into, and on how many pixels of its long side. */
const PATCHES = 240;
const SIDE = 192;
/** Colours (Lab divided by 100) that differ by this are different. */
const DIFFERENT = 0.1;
/** What is farther apart than this is not the same in the least. */
const FARTHEST = 3.5 * DIFFERENT;
/** How far patches influence each other's contrast, as a share of the picture. */
const AROUND = 0.25;
/** Patches that are hardly alike still pull a little at each other. */
const LEAST_PULL = 0.1;
const ROUNDS = 60;

/**
 * How much each pixel belongs to what the picture shows, and not to what lies behind it: 0–1. What runs along the
 * picture's border, by itself or with what is like it, lies behind, and so does the sky (null when there is none).
 * Zhu and others, "Saliency optimization from robust background detection", 2014.
 * Where looks are drawn is another question: `saliency` finds the sun as well.
 * @param focus sharpness: as far as it is to be believed, what is blurred lies behind
 */
export function findFigure(view: View, sky: Float32Array | null, focus: Cue): Float32Array {
  const { width, height } = view;
  const step = Math.max(1, Math.min(width, height, Math.round(Math.max(width, height) / SIDE)));
  const lab = shrink(view.lab, step);
  const patches = findSuperpixels(lab, PATCHES);
  const { labels, area } = patches;
  const count = area.length;
  const graph = connectPatches(patches, lab.width);
  const meanOf = (plane: Float32Array | null) => {
    const means = new Float64Array(count);
    if (!plane) return means;
    for (let pixel = 0; pixel < labels.length; pixel++) {
      const x = Math.min(width - 1, (pixel % lab.width) * step);
      const y = Math.min(height - 1, Math.floor(pixel / lab.width) * step);
      means[labels[pixel]!]! += plane[y * width + x]! / area[labels[pixel]!]!;
    }
    return means;
  };
  const behind = liesBehind(graph, meanOf(sky), area);
  const contrast = standsOut(patches, graph, behind);
  if (focus.weight > 0) {
    const sharp = stretch(meanOf(focus.nearness));
    for (let patch = 0; patch < count; patch++) {
      contrast[patch]! *= 1 - focus.weight * (1 - sharp[patch]!);
      behind[patch] = Math.max(behind[patch]!, focus.weight * (1 - sharp[patch]!) ** 2);
    }
  }
  const values = settle(graph, behind, contrast);
  const out = new Float32Array(width * height);
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.min(lab.height - 1, Math.floor(y / step)) * lab.width;
    for (let x = 0; x < width; x++, pixel++) {
      out[pixel] = values[labels[row + Math.min(lab.width - 1, Math.floor(x / step))]!]!;
    }
  }
  return out;
}

/** Every so many pixels each way, each the mean of as many. */
function shrink(lab: LabImage, step: number): LabImage {
  if (step === 1) return lab;
  const width = Math.max(1, Math.floor(lab.width / step));
  const height = Math.max(1, Math.floor(lab.height / step));
  const plane = (values: Float32Array) => {
    const out = new Float32Array(width * height);
    for (let y = 0, pixel = 0; y < height; y++) {
      for (let x = 0; x < width; x++, pixel++) {
        let sum = 0;
        for (let dy = 0; dy < step; dy++) {
          for (let dx = 0; dx < step; dx++) sum += values[(y * step + dy) * lab.width + x * step + dx]!;
        }
        out[pixel] = sum / (step * step);
      }
    }
    return out;
  };
  return {
    width,
    height,
    lightness: plane(lab.lightness),
    greenRed: plane(lab.greenRed),
    blueYellow: plane(lab.blueYellow),
  };
}

/**
 * How surely each patch lies behind: how much of the border it holds, together with all that it passes into without a
 * step, for its size. Equations 1 to 4 of the paper. `sky` is the share of sky in each patch.
 */
function liesBehind(
  { touching, atBorder, unlike }: PatchGraph,
  sky: Float64Array,
  area: Float64Array,
): Float64Array {
  const count = area.length;
  const isOutside = atBorder.map((reaches, patch) => (reaches === 1 || sky[patch]! > 0.5 ? 1 : 0));
  const way = new Float32Array(count * count).fill(Number.POSITIVE_INFINITY);
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < count; other++) {
      const at = one * count + other;
      // The border and the sky are one place.
      if (touching[at] === 1 || (isOutside[one] === 1 && isOutside[other] === 1)) way[at] = unlike[at]!;
    }
    way[one * count + one] = 0;
  }
  shorten(way, count);
  const usual = area.reduce((sum, value) => sum + value, 0) / count;
  return area.map((_, patch) => {
    let span = 0;
    let outside = 0;
    for (let other = 0; other < count; other++) {
      const distance = way[patch * count + other]!;
      if (distance > FARTHEST) continue;
      const same = Math.exp((-distance * distance) / (2 * DIFFERENT * DIFFERENT));
      span += (same * area[other]!) / usual;
      outside += same * isOutside[other]!;
    }
    const held = outside / Math.sqrt(Math.max(1e-6, span));
    return Math.max(sky[patch]!, 1 - Math.exp((-held * held) / 2));
  });
}

/** The least sum of steps on any way between each two patches, as far as {@link FARTHEST}. Floyd, "Algorithm 97", 1962. */
function shorten(way: Float32Array, count: number): void {
  for (let middle = 0; middle < count; middle++) {
    const from = middle * count;
    for (let one = 0; one < count; one++) {
      const first = way[one * count + middle]!;
      if (first > FARTHEST || one === middle) continue;
      const row = one * count;
      for (let other = 0; other < count; other++) {
        const sum = first + way[from + other]!;
        if (sum < way[row + other]!) way[row + other] = sum;
      }
    }
  }
}

/** How much each patch differs from what lies behind around it, 0–1. Equation 6 of the paper. */
function standsOut({ x, y, area }: Superpixels, { unlike }: PatchGraph, behind: Float64Array): Float64Array {
  const count = area.length;
  const sums = area.map((pixels, patch) => {
    let sum = 0;
    if (pixels === 0) return sum;
    for (let other = 0; other < count; other++) {
      const away = (x[patch]! - x[other]!) ** 2 + (y[patch]! - y[other]!) ** 2;
      const weight = area[other]! * behind[other]! * Math.exp(-away / (2 * AROUND * AROUND));
      sum += weight * unlike[patch * count + other]!;
    }
    return sum;
  });
  return stretch(sums);
}

/** Values between their least and their greatest, as 0–1. */
function stretch(values: Float64Array): Float64Array {
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  return values.map((value) => (value - least) / range);
}

/**
 * Lets each patch's value settle between what it says of itself and what the patches around say that are like it.
 * Equation 9 of the paper, by the rounds of Gauss and Seidel.
 */
function settle(
  { touching, unlike }: PatchGraph,
  behind: Float64Array,
  contrast: Float64Array,
): Float64Array {
  const count = behind.length;
  const values = contrast.slice();
  const pulls = Array.from({ length: count }, (_, one) => {
    const list: { other: number; pull: number }[] = [];
    for (let other = 0; other < count; other++) {
      const at = one * count + other;
      if (touching[at] !== 1) continue;
      list.push({ other, pull: Math.exp(-(unlike[at]! ** 2) / (2 * DIFFERENT * DIFFERENT)) + LEAST_PULL });
    }
    return list;
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (let one = 0; one < count; one++) {
      let sum = contrast[one]!;
      let weight = contrast[one]! + behind[one]! + 1e-6;
      for (const { other, pull } of pulls[one]!) {
        sum += pull * values[other]!;
        weight += pull;
      }
      values[one] = sum / weight;
    }
  }
  return values;
}
