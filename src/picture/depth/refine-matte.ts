import { blur } from '../pixels/box.ts';
import { guidedFilter } from '../pixels/guided.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { View } from './view.ts';

const BINS = 16;

/**
 * Lets a rough matte (0–1) find its border: the colours of what is surely inside and surely outside decide on the
 * rest, near the old border, and the picture's edges give the outline; three rounds. The idea is that of Rother,
 * Kolmogorov and Blake, "GrabCut", 2004, with histograms for mixtures and a guided filter for the graph cut.
 */
export function refineMatte(view: View, rough: Float32Array): Float32Array {
  const { width, height, guide, scaled } = view;
  const count = width * height;
  const bins = colourBins(view);
  const doubt = count / 166;
  let matte = rough;
  for (let round = 0; round < 3; round++) {
    const inside = new Float64Array(BINS ** 3);
    const outside = new Float64Array(BINS ** 3);
    let insideTotal = 0;
    for (let pixel = 0; pixel < count; pixel++) {
      const value = matte[pixel]!;
      inside[bins[pixel]!]! += value;
      outside[bins[pixel]!]! += 1 - value;
      insideTotal += value;
    }
    for (let bin = 0; bin < inside.length; bin++) {
      inside[bin] = Math.sqrt((inside[bin]! + 0.5) / (insideTotal + doubt));
      outside[bin] = Math.sqrt((outside[bin]! + 0.5) / (count - insideTotal + doubt));
    }
    const place = blur(matte, width, height, scaled(7));
    for (let pixel = 0; pixel < count; pixel++) {
      const bin = bins[pixel]!;
      const near = Math.max(0.01, Math.min(0.99, place[pixel]!));
      const within = inside[bin]! * near;
      const against = outside[bin]! * (1 - near);
      place[pixel] = within / (within + against);
    }
    matte = guidedFilter(guide, place);
    for (let pixel = 0; pixel < count; pixel++) matte[pixel] = smoothstep(0.15, 0.85, matte[pixel]!);
  }
  return matte;
}

function colourBins({ lab, width, height }: View): Uint16Array {
  const bin = (value: number) => Math.max(0, Math.min(BINS - 1, Math.floor(value)));
  const bins = new Uint16Array(width * height);
  for (let pixel = 0; pixel < bins.length; pixel++) {
    bins[pixel] =
      (bin(lab.lightness[pixel]! * BINS) * BINS + bin(lab.greenRed[pixel]! * 20 + 8)) * BINS +
      bin(lab.blueYellow[pixel]! * 14 + 8);
  }
  return bins;
}
