import { type Size, videoSize } from '../../picture/render/size.ts';
import type { Resolution } from '../engine.ts';
import type { Manifest } from './manifest.ts';

/** The model's frames: their size in pixels and how many. */
export interface FrameShape extends Size {
  frames: number;
}

/**
 * What a model is asked to draw: the picture's aspect ratio at the asked resolution, or smaller if that is more pixels
 * than the tier allows; sides and count as the model takes them. The count is the least that lasts as long as asked.
 */
export function frameShape(
  manifest: Pick<Manifest, 'tiers' | 'sizeMultiple' | 'frames' | 'framesPerSecond'>,
  tier: number,
  picture: Size,
  resolution: Resolution,
  seconds: number,
): FrameShape {
  const { size } = videoSize(picture, resolution);
  const most = manifest.tiers[tier]!;
  const scale = Math.min(1, Math.sqrt(most / (size.width * size.height)));
  const step = manifest.sizeMultiple;
  const side = (length: number) => Math.max(step, step * Math.round((length * scale) / step));
  let width = side(size.width);
  let height = side(size.height);
  // Rounding both sides up may cross the line.
  while (width * height > most && Math.max(width, height) > step) {
    if (width > height) width -= step;
    else height -= step;
  }
  return { width, height, frames: frameCount(manifest, seconds) };
}

function frameCount(
  { frames, framesPerSecond }: Pick<Manifest, 'frames' | 'framesPerSecond'>,
  seconds: number,
): number {
  const least = Math.round(seconds * framesPerSecond);
  if (frames === 'n') return least;
  const step = frames === '4n+1' ? 4 : 8;
  return step * Math.ceil((least - 1) / step) + 1;
}
