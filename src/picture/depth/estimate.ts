import { boxMean } from '../pixels/box.ts';
import { guidedFilter } from '../pixels/guided.ts';
import { dilate } from '../pixels/morphology.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Cue } from './cue.ts';
import { defocusCue } from './defocus.ts';
import type { DepthMap } from './depth-map.ts';
import { visibleDetail } from './detail.ts';
import { groundRows } from './ground.ts';
import { hazeCue } from './haze.ts';
import { findSky, type Sky } from './sky.ts';
import { straightenSkyline } from './skyline.ts';
import { findSubject, isLandscape, standUpright } from './subject.ts';
import type { View } from './view.ts';

/**
 * Estimates how far the things in a picture are, without a trained model: sky, ground, haze, focus and what stands
 * out, weighed against each other. Made for about 384 pixels on the long side; works from one pixel up.
 * Never throws; what it cannot tell comes back as a gentle ramp with a low confidence.
 */
export function estimateDepth(view: View): DepthMap {
  const { width, height } = view;
  const sky = findSky(view);
  const focus = defocusCue(view, sky?.mask ?? null);
  const haze = sky ? clearOf(focus, hazeCue(view, sky.mask)) : null;
  const subject = findSubject(view, sky?.mask ?? null, focus);
  const certainty = subject?.certainty ?? 0;
  const ground = groundRows(height, sky?.horizonRow ?? null, certainty);

  const disparity = fuse(width, ground, focus, haze, haze ? visibleDetail(view) : null);
  if (subject)
    standUpright(
      view,
      subject.matte,
      ground,
      isLandscape(sky?.mask ?? null, focus) ? 0.3 : 0.62 + 0.2 * focus.weight,
      disparity,
    );
  const skyMatte = sky ? softenSky(view, sky) : null;
  return {
    width,
    height,
    disparity: finish(view, disparity, ground, sky, skyMatte),
    sky: skyMatte,
    subject: subject?.matte ?? null,
    horizon: sky ? sky.horizonRow / height : null,
    confidence: Math.max(sky ? 0.5 + 0.3 * (haze?.weight ?? 0) : 0.15, certainty, 0.8 * focus.weight),
  };
}

/** Where a lens tells near from far the air does not: what is bright there is no haze. */
function clearOf(focus: Cue, haze: Cue): Cue {
  return { ...haze, weight: haze.weight * (1 - focus.weight) };
}

/** How much nearer than the middle the sides of the ground are: banks, walls and houses line what one looks along. */
const SIDES = 0.15;
/** What is far and shows no detail is a hill against the light, and no clear air: it is so much farther than it is dark. */
const SILHOUETTE = 0.65;

/** The weighted mean of the cues. Haze only says how near the ground is, never that something floats. */
function fuse(
  width: number,
  ground: Float32Array,
  focus: Cue,
  haze: Cue | null,
  detail: Float32Array | null,
): Float32Array {
  const ofGround = 0.55 * (1 - 0.6 * focus.weight);
  const ofFocus = 0.45 * focus.weight;
  const ofHaze = 0.35 * (haze?.weight ?? 0);
  return focus.nearness.map((sharpness, pixel) => {
    const aside = (2 * ((pixel % width) + 0.5)) / width - 1;
    const row = ground[Math.floor(pixel / width)]!;
    const ramp = row * (1 + SIDES * aside * aside);
    // Air shows only over a distance: what is grey nearby is grey.
    const air = haze ? ofHaze * (1 - row * row) : 0;
    const silhouette = detail ? SILHOUETTE * smoothstep(0.7, 0.3, row) * (1 - detail[pixel]!) : 0;
    const clear = haze ? haze.nearness[pixel]! * row ** 0.8 * (1 - silhouette) : 0;
    return (ofGround * ramp + ofFocus * sharpness + air * clear) / (ofGround + ofFocus + air);
  });
}

function softenSky({ guide }: View, sky: Sky): Float32Array {
  return guidedFilter(guide, sky.mask).map((value) => smoothstep(0.2, 0.8, value));
}

/**
 * Puts the sky behind everything, moves edges onto the picture's edges, and widens what is near by a pixel, so that
 * an outline travels with its thing and not with what lies behind it.
 */
function finish(
  view: View,
  fused: Float32Array,
  ground: Float32Array,
  sky: Sky | null,
  skyMatte: Float32Array | null,
): Float32Array {
  const { width, height, guide, scaled } = view;
  const behind = skyMatte ? fused.map((value, pixel) => value * (1 - skyMatte[pixel]!)) : fused;
  const snapped = guidedFilter(guide, behind);
  if (sky) {
    for (let pixel = 0; pixel < snapped.length; pixel++) {
      if (sky.mask[pixel] === 1) snapped[pixel] = Math.min(snapped[pixel]!, behind[pixel]!);
    }
    straightenSkyline(view, sky, ground, snapped);
  }
  const widened = dilate(snapped, width, height, scaled(1));
  return boxMean(widened, width, height, 1, widened).map(clamp01);
}
