import { deriveSeed } from '../../random.ts';
import type { FrameView } from '../render/layout.ts';
import type { YuvPlanes } from '../render/planes.ts';
import type { Size } from '../render/size.ts';
import { actionStart, type Effect, type Tone } from './effect.ts';
import { effects } from './index.ts';
import { createCanvas } from './kernel/canvas.ts';
import type { Place } from './place.ts';

/** What an effect's frames are drawn from, besides the picture. Plain data. */
export interface EffectFilm {
  code: string;
  place: Place;
  seed: number;
  /** 0–1. */
  strength: number;
}

/** The time over which a frame gathers light, as a share of the time between two. */
const SHUTTER = 0.34;
/** Things faster than this, in short sides per frame, are seen at two or four moments. */
const BLUR_FROM = 0.008;
const MUCH_BLUR_FROM = 0.03;

const AS_DRAWN: Tone = { luma: 1, chroma: 1, raise: 0 };

/** The effect of a code. @throws Error when there is none: requests are checked long before */
function effectOf(code: string): Effect {
  const effect = effects.find((known) => known.code === code);
  if (!effect) throw new Error(`There is no effect ${code}.`);
  return effect;
}

/**
 * Prepares an effect for a picture, and answers what draws frame `index` into a frame of the ring. An effect knows its
 * subject right of the middle only: other pictures are drawn mirrored, so that a mirrored picture gives the mirrored
 * video.
 *
 * @param module the compiled kernel
 * @throws RangeError when the strength is not within 0–1
 */
export function createEffectPainter(
  module: WebAssembly.Module,
  picture: YuvPlanes,
  size: Size,
  film: EffectFilm,
  timing: { frameCount: number; framesPerSecond: number },
): (index: number, frame: FrameView) => void {
  const effect = effectOf(film.code);
  if (!(film.strength >= 0 && film.strength <= 1)) {
    throw new RangeError(`An effect's strength is 0 to 1, not ${film.strength}.`);
  }
  const isMirrored = film.place.x < 0.5;
  const canvas = createCanvas(module, picture, size, isMirrored);
  const place = isMirrored ? { ...film.place, x: 1 - film.place.x } : film.place;
  const seed = deriveSeed(film.seed, effect.name);
  const drawing = effect.setup({ canvas, place, seed, strength: film.strength });
  const { framesPerSecond, frameCount } = timing;
  const start = actionStart(frameCount / framesPerSecond);
  return (index, frame) => {
    const seconds = index / framesPerSecond - start;
    if (seconds > 0) canvas.expose(momentsOf(seconds), drawing.draw);
    else canvas.show(canvas.still);
    canvas.finish(frame, (seconds > 0 && drawing.tone?.(seconds)) || AS_DRAWN);
  };

  function momentsOf(seconds: number): number[] {
    const travel = (drawing.speed?.(seconds) ?? 0) / framesPerSecond;
    const count = travel < BLUR_FROM ? 1 : travel < MUCH_BLUR_FROM ? 2 : 4;
    const open = SHUTTER / framesPerSecond;
    return Array.from({ length: count }, (_, part) =>
      Math.max(0, seconds + open * (count === 1 ? 0 : part / (count - 1) - 0.5)),
    );
  }
}
