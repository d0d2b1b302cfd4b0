import type { RgbImage } from '../image.ts';
import { blur, boxMean } from '../pixels/box.ts';
import { dilate } from '../pixels/morphology.ts';
import type { Plane } from '../pixels/plane.ts';
import { pushPull } from '../pixels/push-pull.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import { limitSlope, type Relief } from './relief.ts';

/** The widest soft border, in pixels of a picture 640 wide, that still cuts out cleanly: fur and seeds do not. */
const WIDEST_BORDER = 4;
/**
 * How much of the ring around the subject may differ from what the hole would be filled with (by more than a tenth of
 * the lightness): a stem, a mast or a part of the subject that the matte missed would be wiped out.
 */
const MOST_WIPED_OUT = 0.04;

/** A subject cut out of its picture, so that nothing has to stretch between it and what lies behind. */
export interface NearLayer {
  /** Where the subject is, 0–1, at the size of the fine picture. */
  matte: Plane;
  /** What has to be filled behind it, 0–1: somewhat more than the subject. */
  hole: Plane;
  relief: Relief;
  /** The relief of everything else, continued behind the subject. */
  behind: Relief;
}

/** The mean width of a matte's soft border in pixels of a picture 640 wide. */
function borderWidth({ width, height, values }: Plane): number {
  let soft = 0;
  let outline = 0;
  for (let pixel = width; pixel < width * height; pixel++) {
    const value = values[pixel]!;
    if (value > 0.08 && value < 0.92) soft++;
    const inside = value > 0.5;
    if (inside !== values[pixel - 1]! > 0.5 || inside !== values[pixel - width]! > 0.5) outline++;
  }
  return (soft / (outline + 1) / width) * 640;
}

/**
 * Cuts the subject out, if there is one whose border is sharp enough; null otherwise.
 *
 * @param fine the picture at about 1,280 pixels on the long side, for the matte's border
 * @param largestShift see {@link limitSlope}
 */
export function cutOut(scene: Scene, fine: RgbImage, largestShift: number): NearLayer | null {
  const { depth, disparity } = scene;
  if (!depth.subject) return null;
  const sharpen = (plane: Plane): Plane => ({
    ...plane,
    values: plane.values.map((value) => smoothstep(0.15, 0.85, value)),
  });
  const coarse = sharpen(scene.refine(depth.subject));
  if (borderWidth(coarse) >= WIDEST_BORDER) return null;
  const { width, height } = coarse;
  const reach = Math.max(2, Math.round(width / 140));
  const seen = coarse.values.map((value) => smoothstep(0.03, 0.2, value));
  const hole = boxMean(dilate(seen, width, height, reach), width, height, 1);
  const outside = hole.map((value) => (value < 0.02 ? 1 : 0));
  const inside = coarse.values.map((value) => (value > 0.9 ? 1 : 0));
  if (wipedOut(scene, hole, outside) > MOST_WIPED_OUT) return null;
  const [far] = pushPull([disparity], outside);
  const [near] = pushPull([disparity], inside);
  const soften = (plane: Plane): Relief =>
    limitSlope({ width, height, values: blur(plane.values, width, height, 3) }, largestShift);
  return {
    matte: sharpen(scene.refine(depth.subject, fine)),
    hole: { width, height, values: hole },
    relief: soften(near!),
    behind: soften(far!),
  };
}

/** The share of the ring just outside the subject that a fill from the surroundings would change visibly. */
function wipedOut({ image, refine, depth }: Scene, hole: Float32Array, outside: Float32Array): number {
  const { width, height, green } = image;
  const [filled] = pushPull([{ width, height, values: green }], outside);
  const subject = refine(depth.subject!).values;
  let changed = 0;
  let count = 1;
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel]! < 0.5 || subject[pixel]! > 0.15) continue;
    count++;
    if (Math.abs(filled!.values[pixel]! - green[pixel]!) > 0.1) changed++;
  }
  return changed / count;
}
