import { toGain } from '../dsp/decibels.ts';
import { SAMPLE_RATE } from '../samples.ts';
import type { SoundEvent } from '../sounds/sound.ts';

/** How far what goes on steps back behind an event of strength 1, in dB. */
const DEPTH = 7;

/** Seconds in which it steps back, waits and comes back. */
const ATTACK = 0.01;
const HOLD = 0.12;
const RELEASE = 0.25;

/** Events that follow each other sooner than this, in seconds, duck nothing: the bed would pump. */
const SPARSE = 0.9;

/** The gain under events, one value per sample; undefined when none of them stands alone. */
export function duckingCurve(events: readonly SoundEvent[], length: number): Float32Array | undefined {
  const alone = events.filter((event, place) => {
    const before = events[place - 1];
    const after = events[place + 1];
    return (!before || event.time - before.time >= SPARSE) && (!after || after.time - event.time >= SPARSE);
  });
  if (alone.length === 0) return undefined;
  const gain = new Float32Array(length).fill(1);
  for (const event of alone) {
    const depth = DEPTH * event.strength;
    const from = Math.max(0, Math.floor((event.time - ATTACK) * SAMPLE_RATE));
    const to = Math.min(length, Math.ceil((event.time + HOLD + RELEASE) * SAMPLE_RATE));
    for (let index = from; index < to; index++) {
      const time = index / SAMPLE_RATE - event.time;
      const part = time < 0 ? 1 + time / ATTACK : time < HOLD ? 1 : 1 - (time - HOLD) / RELEASE;
      gain[index] = Math.min(gain[index]!, toGain(-depth * Math.max(0, part)));
    }
  }
  return gain;
}
