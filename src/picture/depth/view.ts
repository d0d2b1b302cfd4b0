import type { RgbImage } from '../image.ts';
import { createGuide, type Guide } from '../pixels/guided.ts';
import { type LabImage, toLab } from '../pixels/lab.ts';

/** The picture as every cue of depth sees it. */
export interface View {
  width: number;
  height: number;
  image: RgbImage;
  lab: LabImage;
  /** Draws planes to the picture's contours; measured when it is first asked for. */
  readonly guide: Guide;
  /** A length given for a picture of 384 pixels on its long side, in this picture's pixels; at least 1. */
  scaled(pixels: number): number;
}

/** The long side, in pixels, for which lengths are given. */
const NOMINAL_SIDE = 384;

/** Prepares a picture for the cues. */
export function createView(image: RgbImage): View {
  const { width, height } = image;
  const scale = Math.max(width, height) / NOMINAL_SIDE;
  const scaled = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  let guide: Guide | undefined;
  return {
    width,
    height,
    image,
    lab: toLab(image),
    get guide() {
      guide ??= createGuide(image, scaled(6), 1e-3);
      return guide;
    },
    scaled,
  };
}
