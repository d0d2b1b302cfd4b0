import type { SoundRequest } from '../plan/sound-plan.ts';
import { findCuts, findFlashes, findPeriod, findPictureEvents, toMotionCurve } from './find-events.ts';
import type { SmallFrame } from './frame.ts';
import { guessScene } from './guess-scene.ts';
import { measureMotion } from './measure-motion.ts';

/** What a foreign video shows that its sound can follow. The first part goes into a {@link SoundRequest} as it is. */
export interface Observation {
  heard: Pick<SoundRequest, 'events' | 'motion' | 'scene'>;
  /** Seconds at which the picture is replaced. */
  cuts: number[];
  /** Seconds at which light breaks in. */
  flashes: number[];
  /** Seconds from one beat of its motion to the next; undefined when it has none. */
  period: number | undefined;
}

/**
 * Watches a video: small frames of equal size (64 × 36 serves), all of them, in order.
 * A cut is a movement too: where nothing else is known, a change of place is heard as a whoosh.
 */
export function watchFilm(frames: readonly SmallFrame[], framesPerSecond: number): Observation {
  const motion = measureMotion(frames);
  const cuts = findCuts(motion, framesPerSecond).map(({ time }) => time);
  const moves = findPictureEvents(motion, framesPerSecond);
  const swept = cuts.map((time) => ({ kind: 'move' as const, time, strength: 0.5, pan: 0 }));
  const replaced = swept.map((event) => ({ ...event, kind: 'cut' as const }));
  const events = [...moves, ...swept, ...replaced].sort((first, second) => first.time - second.time);
  const scene = guessScene(frames, motion);
  return {
    heard: {
      events,
      motion: toMotionCurve(motion, framesPerSecond),
      ...(scene !== undefined && { scene }),
    },
    cuts,
    flashes: findFlashes(motion, framesPerSecond).map(({ time }) => time),
    period: findPeriod(motion, framesPerSecond),
  };
}
