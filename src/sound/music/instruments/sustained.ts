import { between, type Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { Sawtooth } from '../../dsp/sawtooth.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../../samples.ts';
import { noteFrequency } from './pitch.ts';

/** Samples for which pitch and filter stand still. */
const STEP = 32;

/** How a held sound of many sawtooths is made. */
interface Ensemble {
  /** Cents by which each voice of a side is out of tune. */
  detune: readonly number[];
  attack: number;
  release: number;
  /** Cutoff in Hz at rest, and how far it opens with the note, as a factor of the note's frequency. */
  cutoff: number;
  open: number;
  /** Depth of the vibrato, as a factor of the frequency. */
  vibrato: number;
}

const pad: Ensemble = {
  detune: [-9, -3, 5, 11],
  attack: 0.25,
  release: 0.5,
  cutoff: 500,
  open: 4,
  vibrato: 0.0008,
};
const strings: Ensemble = {
  detune: [-12, -5, 2, 8],
  attack: 0.35,
  release: 0.45,
  cutoff: 900,
  open: 3.5,
  vibrato: 0.003,
};

/** A synthesiser's held chord: warm, wide, slowly opening. `seconds` does not count the release. */
export function playPad(pitch: number, seconds: number, random: Random): StereoSamples {
  return playEnsemble(pad, pitch, seconds, random);
}

/** A section of bowed strings. `seconds` does not count the release. */
export function playStrings(pitch: number, seconds: number, random: Random): StereoSamples {
  return playEnsemble(strings, pitch, seconds, random);
}

function playEnsemble(ensemble: Ensemble, pitch: number, seconds: number, random: Random): StereoSamples {
  const length = Math.ceil((seconds + ensemble.release) * SAMPLE_RATE);
  const samples = createStereo(length);
  const frequency = noteFrequency(pitch);
  const held = seconds * SAMPLE_RATE;
  const attack = Math.min(ensemble.attack * SAMPLE_RATE, held / 2);
  for (const [channel, sign] of [
    [samples.left, 1],
    [samples.right, -1],
  ] as const) {
    const voices = ensemble.detune.map((cents) => ({
      saw: new Sawtooth(random()),
      tune: 2 ** ((sign * cents) / 1200),
    }));
    const filter = new StateVariableFilter(ensemble.cutoff, 0.7);
    const vibratoRate = (2 * Math.PI * between(random, 4.8, 5.8)) / SAMPLE_RATE;
    let vibrato = random() * 6;
    for (let start = 0; start < length; start += STEP) {
      const end = Math.min(length, start + STEP);
      const swell = Math.sin(Math.PI * (0.15 + (start / length) * 0.85));
      filter.tune(ensemble.cutoff + frequency * ensemble.open * (0.35 + 0.65 * swell), 0.7);
      vibrato += vibratoRate * STEP;
      const pitchNow = frequency * (1 + ensemble.vibrato * Math.sin(vibrato) * Math.min(1, start / held));
      for (const { saw, tune } of voices) saw.add(channel, start, end, pitchNow * tune);
      for (let index = start; index < end; index++) {
        const rise = Math.min(1, index / attack);
        const fall = index < held ? 1 : 1 - (index - held) / (length - held);
        channel[index] = filter.lowPass(channel[index]!) * 0.22 * rise * rise * (3 - 2 * rise) * fall * fall;
      }
    }
  }
  return samples;
}
