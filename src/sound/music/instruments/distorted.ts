import type { Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { SAMPLE_RATE } from '../../samples.ts';
import { playGuitar } from './plucked.ts';

/**
 * An electric guitar through an amplifier: root, fifth and octave, driven into the valve's curve (tanh), which holds
 * them up, and a speaker that ends at 5 kHz. `seconds` is when the hand stops the strings.
 */
export function playDistorted(
  pitch: number,
  seconds: number,
  velocity: number,
  random: Random,
): Float32Array {
  const strings = [pitch, pitch + 7, pitch + 12].map((note) => playGuitar(note, velocity, random));
  const length = Math.min(strings[0]!.length, Math.ceil((seconds + 0.05) * SAMPLE_RATE));
  const samples = new Float32Array(length);
  const tight = new StateVariableFilter(110);
  const speaker = new StateVariableFilter(4800, 0.9);
  for (let index = 0; index < length; index++) {
    let sum = 0;
    for (const string of strings) sum += string[index] ?? 0;
    const driven = Math.tanh(tight.highPass(sum) * 14);
    samples[index] = speaker.lowPass(driven) * 0.4 * Math.min(1, index / 100, (length - index) / 2000);
  }
  return samples;
}
