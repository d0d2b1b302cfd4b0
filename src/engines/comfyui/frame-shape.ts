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
  const shape = nearestShape(size.width * scale, size.height * scale, manifest.sizeMultiple, most);
  return { ...shape, frames: frameCount(manifest, seconds) };
}

/** The sides rounded up or down to multiples, so that the aspect ratio changes least within so many pixels. */
function nearestShape(width: number, height: number, step: number, most: number): Size {
  const sides = (length: number) =>
    [Math.floor(length / step), Math.ceil(length / step)].map((n) => step * Math.max(1, n));
  const distortion = (shape: Size) => Math.abs(Math.log((shape.width * height) / (shape.height * width)));
  const shapes = sides(width)
    .flatMap((one) => sides(height).map((other) => ({ width: one, height: other })))
    .filter((shape) => shape.width * shape.height <= most)
    .sort((a, b) => distortion(a) - distortion(b) || b.width * b.height - a.width * a.height);
  return shapes[0] ?? { width: step, height: step };
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
