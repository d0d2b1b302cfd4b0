import { SAMPLE_RATE } from '../../samples.ts';
import { noteFrequency } from './pitch.ts';

/**
 * A game console's voice: a pulse wave of a quarter's width, four steps of volume a note. The edges are rounded over a
 * sample (PolyBLEP), as `dsp/sawtooth.ts` does it.
 */
export function playSquare(pitch: number, seconds: number): Float32Array {
  const length = Math.ceil((seconds + 0.02) * SAMPLE_RATE);
  const samples = new Float32Array(length);
  const step = noteFrequency(pitch) / SAMPLE_RATE;
  const edge = (phase: number) => {
    if (phase < step) return phase / step + phase / step - (phase / step) ** 2 - 1;
    if (phase > 1 - step) return ((phase - 1) / step) ** 2 + (2 * (phase - 1)) / step + 1;
    return 0;
  };
  let phase = 0;
  for (let index = 0; index < length; index++) {
    phase += step * (1 + 0.004 * Math.sin((2 * Math.PI * 6 * index) / SAMPLE_RATE));
    if (phase >= 1) phase -= 1;
    const wave = (phase < 0.25 ? 1.5 : -0.5) + edge(phase) - edge((phase + 0.75) % 1);
    const volume = Math.ceil(4 * (1 - (0.75 * index) / length)) / 4;
    samples[index] = wave * 0.35 * volume * Math.min(1, index / 40, (length - index) / 300);
  }
  return samples;
}
