import type { MediaFacts } from '../../media/probe.ts';
import { shortSides } from '../../picture/render/size.ts';
import type { EngineInput, Warning } from '../engine.ts';

/** What has to be done to the video of another machine, and what is left as it came. */
export interface Fit {
  /** Undefined when its packets can stay as they are. */
  refit: { size?: { width: number; height: number }; seconds?: number } | undefined;
  warnings: Warning[];
}

/** A model's sides are multiples of 32: so much less than asked is nearer than scaling would be good for. */
const NEAR = 0.05;
/** A model's frames come in steps: so many seconds more than asked do no harm. */
const SPARE_SECONDS = 0.3;
/** So much slower or faster than asked is told. */
const NEAR_RATE = 0.5;

/**
 * Compares a video with what was asked for. Writing a picture anew costs sharpness, so that is done only where size or
 * length are far off. The frames keep their own rate: repeating some of them would show as stutter.
 */
export function chooseFit(
  { video, container }: Pick<MediaFacts, 'container'> & { video: NonNullable<MediaFacts['video']> },
  wish: Pick<EngineInput, 'resolution' | 'seconds' | 'framesPerSecond'>,
): Fit {
  const warnings: Warning[] = [];
  const { width, height, durationSeconds, framesPerSecond, codec } = video;
  const short = Math.min(width, height);
  const scale = shortSides[wish.resolution] / short;
  const even = (side: number) => 2 * Math.round((side * scale) / 2);
  const isFar = Math.abs(scale - 1) > NEAR;
  const isLong = durationSeconds > wish.seconds + SPARE_SECONDS;
  if (!isFar && scale !== 1) {
    const message = `The model draws ${width} × ${height}, which is near enough to ${wish.resolution} to be left as it is.`;
    warnings.push({ code: 'size-of-model', message });
  }
  if (durationSeconds < wish.seconds - SPARE_SECONDS) {
    const message = `The model made ${durationSeconds.toFixed(1)} seconds; ${wish.seconds} were asked for.`;
    warnings.push({ code: 'shorter-than-asked', message });
  }
  if (Math.abs(framesPerSecond - wish.framesPerSecond) > NEAR_RATE) {
    const message = `The model makes ${Math.round(framesPerSecond)} frames a second; ${wish.framesPerSecond} were asked for.`;
    warnings.push({ code: 'frame-rate-of-model', message });
  }
  // What players do not take everywhere is written anew as well.
  const isForeign = container !== 'mov' || !['h264', 'hevc', 'av1', 'vp9'].includes(codec);
  if (!isFar && !isLong && !isForeign) return { refit: undefined, warnings };
  return {
    refit: {
      ...(isFar && { size: { width: even(width), height: even(height) } }),
      ...(isLong && { seconds: wish.seconds }),
    },
    warnings,
  };
}
