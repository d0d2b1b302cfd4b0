import type { MotionCurve, PictureEvent } from '../plan/sound-plan.ts';
import type { Motion } from './measure-motion.ts';

/** A moment at which the picture is replaced, in seconds. */
export interface Cut {
  time: number;
}

/** A moment at which the whole picture becomes brighter. */
export interface Flash {
  time: number;
  /** Share of full brightness that it gains, 0–1. */
  strength: number;
}

/** Energy above this share of a pixel's range at a changed histogram is another picture. */
const CUT_ENERGY = 0.08;
const CUT_DIFFERENCE = 0.25;
/** Seconds between two events of a kind. */
const REST = 0.25;

/** Where the picture is replaced: far more change than in the frames around, and another histogram. */
export function findCuts(motion: Motion, framesPerSecond: number): Cut[] {
  const { energy, difference } = motion;
  const cuts: Cut[] = [];
  for (let place = 1; place < energy.length; place++) {
    const around = Math.max(energy[place - 1]!, energy[place + 1] ?? 0);
    const stands = energy[place]! > CUT_ENERGY && energy[place]! > 2.5 * around;
    if (stands && difference[place]! > CUT_DIFFERENCE) cuts.push({ time: place / framesPerSecond });
  }
  return cuts;
}

/** Where light breaks in: the mean rises by 6 % of full brightness or more within two frames. */
export function findFlashes(motion: Motion, framesPerSecond: number): Flash[] {
  const { brightness, difference, energy } = motion;
  const flashes: Flash[] = [];
  for (let place = 1; place < brightness.length; place++) {
    const rise = brightness[place]! + Math.max(0, brightness[place - 1]!);
    const cut = energy[place]! > CUT_ENERGY && difference[place]! > 0.6;
    if (rise < 0.06 || cut) continue;
    const time = place / framesPerSecond;
    const last = flashes.at(-1);
    if (last === undefined || time - last.time > REST)
      flashes.push({ time, strength: Math.min(1, rise * 3) });
  }
  return flashes;
}

/**
 * What happens in the picture: `move` at the peaks of its motion, `hit` where motion stops within a tenth of a second.
 * Strengths are relative to the strongest of the clip; cuts are neither.
 */
export function findPictureEvents(motion: Motion, framesPerSecond: number): PictureEvent[] {
  const energy = withoutCuts(motion, framesPerSecond);
  const curve = smooth(energy, Math.max(1, Math.round(framesPerSecond * 0.04)));
  const most = curve.reduce((greatest, value) => Math.max(greatest, value), 0);
  // Less than this is the noise of the sensor and of the codec.
  if (most < 0.004) return [];
  const mean = curve.reduce((sum, value) => sum + value, 0) / curve.length;
  const tenth = Math.max(1, Math.round(framesPerSecond * 0.1));
  const events: PictureEvent[] = [];
  const add = (kind: PictureEvent['kind'], place: number, strength: number) => {
    const time = place / framesPerSecond;
    const near = events.findLast((event) => event.kind === kind);
    if (near === undefined || time - near.time > REST) {
      events.push({ kind, time, strength: Math.min(1, strength), pan: motion.pan[place]! });
    } else if (strength > near.strength) {
      Object.assign(near, { time, strength: Math.min(1, strength), pan: motion.pan[place]! });
    }
  };
  for (let place = 1; place < curve.length; place++) {
    const here = curve[place]!;
    const peak = here >= curve[place - 1]! && here > (curve[place + 1] ?? 0);
    if (peak && here > Math.max(1.8 * mean, 0.4 * most)) add('move', place, here / most);
    const last = energy[place]!;
    const then = energy[Math.min(energy.length - 1, place + tenth)]!;
    if (last > 0.45 * most && then < 0.2 * last && (energy[place + 1] ?? 0) < 0.35 * last) {
      add('hit', place, last / most);
    }
  }
  return events.sort((first, second) => first.time - second.time);
}

/** How much moves, against the most in the clip, as textures follow it. */
export function toMotionCurve(motion: Motion, framesPerSecond: number): MotionCurve {
  const curve = smooth(withoutCuts(motion, framesPerSecond), Math.max(1, Math.round(framesPerSecond * 0.2)));
  const most = curve.reduce((greatest, value) => Math.max(greatest, value), 0);
  // A still picture is not silent: without motion nothing follows it.
  const values = Array.from(curve, (value) =>
    most < 0.004 ? 1 : Math.round(Math.sqrt(value / most) * 1000) / 1000,
  );
  return { rate: framesPerSecond, values };
}

/**
 * Seconds from one beat of the motion to the next, by autocorrelation between 0.25 and 2 s; undefined when it has none
 * (a peak below 0.4 of the power).
 */
export function findPeriod(motion: Motion, framesPerSecond: number): number | undefined {
  const curve = withoutCuts(motion, framesPerSecond);
  const mean = curve.reduce((sum, value) => sum + value, 0) / curve.length;
  const centred = curve.map((value) => value - mean);
  const correlate = (lag: number) => {
    let sum = 0;
    for (let place = lag; place < centred.length; place++) sum += centred[place]! * centred[place - lag]!;
    return sum / (centred.length - lag);
  };
  const power = correlate(0);
  if (power < 1e-7) return undefined;
  const longest = Math.min(Math.floor(framesPerSecond * 2), Math.floor(curve.length / 3));
  for (let lag = Math.ceil(framesPerSecond * 0.25); lag <= longest; lag++) {
    const here = correlate(lag);
    if (here > 0.4 * power && here >= correlate(lag - 1) && here >= correlate(lag + 1))
      return lag / framesPerSecond;
  }
  return undefined;
}

function withoutCuts(motion: Motion, framesPerSecond: number): Float32Array {
  const curve = motion.energy.slice();
  for (const { time } of findCuts(motion, framesPerSecond)) {
    const place = Math.round(time * framesPerSecond);
    curve[place] = Math.min(curve[place - 1] ?? 0, curve[place + 1] ?? 0);
  }
  return curve;
}

/** Mean over `reach` values to both sides. */
function smooth(curve: Float32Array, reach: number): Float32Array {
  return curve.map((_, place) => {
    const part = curve.subarray(Math.max(0, place - reach), place + reach + 1);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
