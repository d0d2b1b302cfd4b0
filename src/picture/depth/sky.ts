import { boxMean } from '../pixels/box.ts';
import { findComponents } from '../pixels/components.ts';
import { gradientMagnitude } from '../pixels/gradient.ts';
import { close, dilate, open } from '../pixels/morphology.ts';
import { quantile } from '../pixels/quantile.ts';
import type { View } from './view.ts';

/** The sky of a picture. */
export interface Sky {
  /** 1 in the sky, 0 elsewhere; hard. */
  mask: Float32Array;
  /** The lowest row of sky in the middle of all columns: where land begins. */
  horizonRow: number;
}

/** How far lightness or a colour (as in Lab) may rise or fall from one pixel to the next within a sky. */
const LARGEST_STEP = 0.03;
/** How steep a pixel's own surroundings and its wider ones may be, in lightness a pixel. */
const STEEPEST = 0.022;
const STEEPEST_AROUND = 0.02;

/**
 * Finds the sky: what hangs together with the picture's upper edge, is smooth, changes slowly, and is blue or
 * bright. Null when nothing passes for one. After the gradient rule of Shen and Wang, "Sky region detection in a
 * single image", 2013, as a flood instead of one border per column, so that towers may reach the upper edge.
 */
export function findSky(view: View): Sky | null {
  const { width, height, lab, scaled } = view;
  if (height < 8 || width < 8) return null;
  const planes = [lab.lightness, lab.greenRed, lab.blueYellow].map((plane) =>
    boxMean(plane, width, height, scaled(1)),
  );
  const upperEdge = new Float32Array(width * height).fill(1, 0, 3 * width);
  const smooth = flood(upperEdge, smoothPlaces(view, planes[0]!), planes, width);
  cutAtFalls(smooth, planes[0]!, width, height);
  const core = close(open(smooth, width, height, scaled(2)), width, height, scaled(2));
  dropSpecks(core, width, height);
  if (!passes(core, view)) return null;
  // Smoothness ends a few pixels before the sky does: the rest of the way only the colour has to stay.
  const nearby = dilate(core, width, height, scaled(6));
  const whole = flood(core, (pixel) => nearby[pixel] === 1, planes, width);
  const mask = close(open(whole, width, height, scaled(1)), width, height, scaled(1));
  dropSpecks(mask, width, height);
  const horizonRow = quantile(columnBottoms(mask, width, height), 0.5);
  for (let x = 0; x < width; x++) endAtHorizon(mask, x, horizonRow, width, height);
  return { mask, horizonRow };
}

/** Where the picture is smooth, lit and not green. */
function smoothPlaces(view: View, lightness: Float32Array): (pixel: number) => boolean {
  const { width, height, lab, scaled } = view;
  const near = boxMean(gradientMagnitude(lightness, width, height), width, height, scaled(1));
  const wide = boxMean(gradientMagnitude(lab.lightness, width, height), width, height, scaled(4));
  return (pixel) => {
    const blueYellow = lab.blueYellow[pixel]!;
    const isGreen = lab.greenRed[pixel]! < -0.06 && blueYellow > 0.08;
    const isLit = lab.lightness[pixel]! > (blueYellow < -0.04 ? 0.02 : 0.2);
    return isLit && !isGreen && near[pixel]! < STEEPEST && wide[pixel]! < STEEPEST_AROUND;
  };
}

/** Grows the seeds (1) over the pixels that may be sky, in steps that no plane makes too large. */
function flood(
  seeds: Float32Array,
  mayBeSky: (pixel: number) => boolean,
  planes: Float32Array[],
  width: number,
): Float32Array {
  const mask = new Float32Array(seeds.length);
  const stack = new Int32Array(seeds.length);
  let depth = 0;
  const visit = (pixel: number, from: number) => {
    if (mask[pixel] === 1 || !mayBeSky(pixel)) return;
    for (const plane of planes) if (Math.abs(plane[pixel]! - plane[from]!) >= LARGEST_STEP) return;
    mask[pixel] = 1;
    stack[depth++] = pixel;
  };
  for (let pixel = 0; pixel < seeds.length; pixel++) if (seeds[pixel] === 1) visit(pixel, pixel);
  while (depth > 0) {
    const pixel = stack[--depth]!;
    const x = pixel % width;
    if (x > 0) visit(pixel - 1, pixel);
    if (x < width - 1) visit(pixel + 1, pixel);
    if (pixel >= width) visit(pixel - width, pixel);
    if (pixel + width < seeds.length) visit(pixel + width, pixel);
  }
  return mask;
}

/**
 * Ends a column where lightness falls by a fifth within 7 % of the height: hills in haze are as smooth as sky, but
 * skies brighten downwards and clouds darken slowly.
 */
function cutAtFalls(mask: Float32Array, lightness: Float32Array, width: number, height: number): void {
  const reach = Math.max(2, Math.round(height * 0.07));
  for (let x = 0; x < width; x++) {
    let ended = false;
    for (let y = reach; y < height; y++) {
      const pixel = y * width + x;
      const fell = lightness[pixel]! < lightness[pixel - reach * width]! - 0.2;
      if (mask[pixel] === 1 && fell && !ended) {
        ended = true;
        for (let back = 1; back < reach / 2; back++) mask[pixel - back * width] = 0;
      }
      if (ended) mask[pixel] = 0;
    }
  }
}

/** Small patches of sky go; small holes in it (the sun, birds) are filled. */
function dropSpecks(mask: Float32Array, width: number, height: number): void {
  const count = width * height;
  const patches = findComponents(mask, width, height);
  const rest = findComponents(
    mask.map((value) => 1 - value),
    width,
    height,
  );
  // By label; 0 is outside.
  const isSpeck = [false, ...patches.parts.map(({ area }) => area < count * 0.01)];
  const isHole = [
    false,
    ...rest.parts.map(({ area, bottom }) => area < count * 0.004 && bottom < height - 2),
  ];
  for (let pixel = 0; pixel < count; pixel++) {
    if (isSpeck[patches.labels[pixel]!]) mask[pixel] = 0;
    if (isHole[rest.labels[pixel]!]) mask[pixel] = 1;
  }
}

/**
 * A sky covers a fair part of the picture and its upper edge, little of its lower edge, and is blue or bright, and never
 * green. A narrow strip has to cover most of the upper edge, unless it is so blue or so bright that nothing else is.
 */
function passes(mask: Float32Array, { lab, width, height }: View): boolean {
  let area = 0;
  let blueYellow = 0;
  let greenRed = 0;
  let lightness = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel] !== 1) continue;
    area++;
    greenRed += lab.greenRed[pixel]!;
    blueYellow += lab.blueYellow[pixel]!;
    lightness += lab.lightness[pixel]!;
  }
  const share = area / mask.length;
  if (share < 0.04 || share > 0.8) return false;
  let upperEdge = 0;
  let lowerEdge = 0;
  for (let x = 0; x < width; x++) {
    upperEdge += mask[2 * width + x]! / width;
    lowerEdge += mask[(height - 2) * width + x]! / width;
  }
  const isPlain = blueYellow < -0.2 * area || lightness > 0.9 * area;
  if (upperEdge < (share < 0.12 && !isPlain ? 0.75 : 0.3) || lowerEdge > 0.25) return false;
  if (greenRed < -0.08 * area) return false;
  return blueYellow < -0.04 * area || lightness > 0.72 * area;
}

/** The lowest row of sky in each column; 0 where there is none. */
function columnBottoms(mask: Float32Array, width: number, height: number): Float32Array {
  const bottoms = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    let y = height - 1;
    while (y > 0 && mask[y * width + x] !== 1) y--;
    bottoms[x] = y;
  }
  return bottoms;
}

/** A column of sky that runs down to the lower edge has flooded dark or hazy land: it ends at the horizon. */
function endAtHorizon(
  mask: Float32Array,
  x: number,
  horizonRow: number,
  width: number,
  height: number,
): void {
  if (mask[(height - 2) * width + x] !== 1) return;
  for (let y = horizonRow + 1; y < height; y++) mask[y * width + x] = 0;
}
