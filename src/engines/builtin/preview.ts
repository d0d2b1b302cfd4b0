import { encodeJpeg } from '../../media/decode-picture.ts';
import type { FrameView } from '../../picture/render/layout.ts';
import { convertToRgb } from '../../picture/render/planes.ts';
import { shrinkFrame } from '../../picture/render/small-frame.ts';
import type { Preview } from '../engine.ts';

/** Long side of a preview in pixels. */
const PREVIEW_SIDE = 320;
/** Share of the frames that are made before the first: what moves can be seen by then. */
const FIRST = 0.1;
/** Least time between two previews, in ms. */
const EVERY = 1000;

/**
 * Takes small pictures of a film while it is made: one after a tenth of its frames, then one a second.
 * @param now a clock in ms
 */
export function createPreviewer(
  frameCount: number,
  now: () => number = () => performance.now(),
): (index: number, frame: FrameView) => Promise<Preview | undefined> {
  const first = Math.floor(frameCount * FIRST);
  let due = Number.POSITIVE_INFINITY;
  return async (index, frame) => {
    if (index !== first && now() < due) return undefined;
    due = now() + EVERY;
    const small = shrinkFrame(frame, PREVIEW_SIDE);
    const { width, height } = small;
    const bytes = await encodeJpeg(convertToRgb(small), small, PREVIEW_SIDE);
    return { bytes, contentType: 'image/jpeg', width, height };
  };
}
