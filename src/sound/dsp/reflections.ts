import { SAMPLE_RATE, type StereoSamples } from '../samples.ts';

/** A surface that throws sound back. */
export interface Surface {
  /** The axis that it lies across; two surfaces of different axes also answer each other. */
  axis: 'height' | 'width' | 'depth';
  /** Metres from the line between source and listener. */
  away: number;
  /** Share of the amplitude that comes back, 0–1. */
  reflects: number;
  /** Where it is heard: −1 left … 1 right. */
  side: number;
}

/** Metres between source and listener. */
const DISTANCE = 1.5;

/** Metres per second. */
const SOUND_SPEED = 343;

/**
 * Adds what the nearest surfaces answer within some milliseconds: once, and by way of each pair that stands at an angle.
 * Without it a blow has no place. The image method of Allen & Berkley, "Image method for efficiently simulating small-room
 * acoustics" (JASA, 1979), to the second order.
 */
export function addReflections(
  target: StereoSamples,
  source: StereoSamples,
  surfaces: readonly Surface[],
): void {
  for (const [place, first] of surfaces.entries()) {
    addReflection(target, source, 2 * first.away, first.reflects, first.side);
    for (const second of surfaces.slice(place + 1)) {
      if (first.axis === second.axis) continue;
      const detour = Math.hypot(2 * first.away, 2 * second.away);
      addReflection(target, source, detour, first.reflects * second.reflects, first.side + second.side);
    }
  }
}

/** `detour` is the way in metres to the image, across the line between source and listener. */
function addReflection(
  target: StereoSamples,
  source: StereoSamples,
  detour: number,
  reflected: number,
  side: number,
): void {
  const way = Math.hypot(DISTANCE, detour);
  const late = Math.round(((way - DISTANCE) / SOUND_SPEED) * SAMPLE_RATE);
  const gain = (reflected * DISTANCE) / way;
  for (const [channel, towards] of [
    ['left', -1],
    ['right', 1],
  ] as const) {
    const [to, from] = [target[channel], source[channel]];
    const heard = gain * Math.min(1, Math.max(0.2, 1 + 0.8 * towards * side));
    // What is hard at 10 kHz is rare: each reflection is the mean of two samples, which falls by 3 dB at 12 kHz.
    let before = 0;
    for (let index = late; index < to.length; index++) {
      const here = from[index - late]!;
      to[index]! += heard * 0.5 * (here + before);
      before = here;
    }
  }
}
