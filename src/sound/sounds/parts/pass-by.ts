import { panGains } from '../../dsp/pan.ts';
import { SAMPLE_RATE, type StereoSamples } from '../../samples.ts';

/** A straight way past the listener. */
export interface Passage {
  /** Seconds at which it is nearest. */
  time: number;
  /** Metres per second. */
  speed: number;
  /** Metres between the way and the listener. */
  gap: number;
  /** 1: from left to right; −1: from right to left. */
  direction: 1 | -1;
  /** Seconds before and after `time` for which it is heard. */
  span: number;
}

/** Metres per second. */
const SOUND_SPEED = 343;

/**
 * Adds a source that moves past: its sound arrives as late as the way is long, which is Doppler's law, twice the
 * distance has half the amplitude, and it crosses the stereo field. `source` holds 2 × `span` seconds or more.
 */
export function addPassage(
  target: StereoSamples,
  source: Float32Array,
  passage: Passage,
  gain: number,
): void {
  const { time, speed, gap, direction, span } = passage;
  const length = target.left.length;
  const begin = Math.round((time - span) * SAMPLE_RATE);
  const count = Math.round(2 * span * SAMPLE_RATE);
  let leftGain = 0;
  let rightGain = 0;
  let level = 0;
  let late = 0;
  let lateStep = 0;
  for (let index = 0; index < count; index++) {
    if ((index & 31) === 0) {
      const along = speed * (index / SAMPLE_RATE - span);
      const away = Math.hypot(along, gap);
      const next = Math.hypot(along + (speed * 32) / SAMPLE_RATE, gap);
      const samplesPerMetre = SAMPLE_RATE / SOUND_SPEED;
      late = (away - gap) * samplesPerMetre;
      lateStep = ((next - away) * samplesPerMetre) / 32;
      // The ends of its way are silent.
      const window = Math.cos((Math.PI / 2) * Math.abs(index / count - 0.5) * 2);
      level = (gap / away) * window * gain;
      [leftGain, rightGain] = panGains((direction * along) / away);
    }
    const place = index - late;
    late += lateStep;
    const at = begin + index;
    if (at < 0 || at >= length || place < 0) continue;
    const whole = Math.floor(place);
    const here = source[whole] ?? 0;
    const sample = (here + ((source[whole + 1] ?? 0) - here) * (place - whole)) * level;
    target.left[at]! += sample * leftGain;
    target.right[at]! += sample * rightGain;
  }
}
