import type { LabImage } from './lab.ts';

/** A picture as a few hundred patches of like colour. */
export interface Superpixels {
  /** For each pixel the patch that it belongs to. */
  labels: Int32Array;
  /** By patch: mean colour as in Lab divided by 100, the middle as shares of width and height, and the pixels. */
  lightness: Float64Array;
  greenRed: Float64Array;
  blueYellow: Float64Array;
  x: Float64Array;
  y: Float64Array;
  area: Float64Array;
}

const ROUNDS = 4;
/** How much a distance of one patch's side counts beside a difference of colour. */
const COMPACTNESS = 0.14;

/**
 * Divides a picture into about `wanted` patches, each around its mean of colour and place. Achanta and others, "SLIC
 * superpixels compared to state-of-the-art superpixel methods", 2012, without its last step: crumbs that hang apart
 * stay with their patch. Patches may come out empty.
 */
export function findSuperpixels(lab: LabImage, wanted: number): Superpixels {
  const { width, height } = lab;
  const side = Math.max(1, Math.sqrt((width * height) / wanted));
  const columns = Math.max(1, Math.round(width / side));
  const rows = Math.max(1, Math.round(height / side));
  const count = columns * rows;
  const patches: Superpixels = {
    labels: new Int32Array(width * height),
    lightness: new Float64Array(count),
    greenRed: new Float64Array(count),
    blueYellow: new Float64Array(count),
    x: new Float64Array(count),
    y: new Float64Array(count),
    area: new Float64Array(count),
  };
  const { labels } = patches;
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height);
    for (let x = 0; x < width; x++, pixel++) {
      labels[pixel] = row * columns + Math.floor((x * columns) / width);
    }
  }
  takeMeans(patches, lab);
  const least = new Float32Array(width * height);
  const nearness = (COMPACTNESS / side) ** 2;
  for (let round = 0; round < ROUNDS; round++) {
    least.fill(Number.POSITIVE_INFINITY);
    for (let patch = 0; patch < count; patch++) claim(patches, lab, patch, side, nearness, least);
    takeMeans(patches, lab);
  }
  for (let patch = 0; patch < count; patch++) {
    patches.x[patch]! /= width;
    patches.y[patch]! /= height;
  }
  return patches;
}

/** Gives a patch the pixels around it that are more like it than like the patch that has them. */
function claim(
  patches: Superpixels,
  { width, height, lightness, greenRed, blueYellow }: LabImage,
  patch: number,
  side: number,
  nearness: number,
  least: Float32Array,
): void {
  if (patches.area[patch] === 0) return;
  const middleX = patches.x[patch]!;
  const middleY = patches.y[patch]!;
  const ownLightness = patches.lightness[patch]!;
  const ownGreenRed = patches.greenRed[patch]!;
  const ownBlueYellow = patches.blueYellow[patch]!;
  const right = Math.min(width - 1, Math.floor(middleX + 1.5 * side));
  const lower = Math.min(height - 1, Math.floor(middleY + 1.5 * side));
  const left = Math.max(0, Math.ceil(middleX - 1.5 * side));
  for (let y = Math.max(0, Math.ceil(middleY - 1.5 * side)); y <= lower; y++) {
    const downwards = nearness * (y - middleY) * (y - middleY);
    for (let x = left, pixel = y * width + left; x <= right; x++, pixel++) {
      const light = lightness[pixel]! - ownLightness;
      const red = greenRed[pixel]! - ownGreenRed;
      const yellow = blueYellow[pixel]! - ownBlueYellow;
      const away = x - middleX;
      const distance = light * light + red * red + yellow * yellow + nearness * away * away + downwards;
      if (distance < least[pixel]!) {
        least[pixel] = distance;
        patches.labels[pixel] = patch;
      }
    }
  }
}

/** Means of each patch's pixels; places in pixels. */
function takeMeans(patches: Superpixels, { width, lightness, greenRed, blueYellow }: LabImage): void {
  const { labels, area } = patches;
  const sums = [patches.lightness, patches.greenRed, patches.blueYellow, patches.x, patches.y];
  for (const sum of [...sums, area]) sum.fill(0);
  for (let pixel = 0, x = 0, y = 0; pixel < labels.length; pixel++) {
    const patch = labels[pixel]!;
    patches.lightness[patch]! += lightness[pixel]!;
    patches.greenRed[patch]! += greenRed[pixel]!;
    patches.blueYellow[patch]! += blueYellow[pixel]!;
    patches.x[patch]! += x + 0.5;
    patches.y[patch]! += y + 0.5;
    area[patch]! += 1;
    if (++x === width) {
      x = 0;
      y++;
    }
  }
  for (const sum of sums) {
    for (let patch = 0; patch < area.length; patch++) sum[patch]! /= Math.max(1, area[patch]!);
  }
}
