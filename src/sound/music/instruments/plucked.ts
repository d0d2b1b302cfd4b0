import { between, type Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { strike } from '../../dsp/modal.ts';
import { Sawtooth } from '../../dsp/sawtooth.ts';
import { SAMPLE_RATE } from '../../samples.ts';
import { noteFrequency } from './pitch.ts';

/** A synthesiser's pluck: two sawtooths behind a filter that shuts quickly. */
export function playPluck(pitch: number, random: Random): Float32Array {
  const length = Math.round(0.55 * SAMPLE_RATE);
  const samples = new Float32Array(length);
  const frequency = noteFrequency(pitch);
  const first = new Sawtooth(random());
  const second = new Sawtooth(random());
  const filter = new StateVariableFilter(1000, 1.1);
  for (let index = 0; index < length; index++) {
    const time = index / SAMPLE_RATE;
    if ((index & 15) === 0) filter.tune(500 + frequency + 4200 * Math.exp(-time * 12), 1.1);
    const saws = first.next(frequency * 0.996) + second.next(frequency * 1.004);
    samples[index] =
      filter.lowPass(saws) * 0.5 * Math.exp(-time * 7) * Math.min(1, index / 60, (length - index) / 800);
  }
  return samples;
}

/**
 * A felt piano: stiff strings whose overtones are a little sharp (Fletcher's √(1 + B n²)), two per note, struck at an
 * eighth of their length.
 */
export function playPiano(pitch: number, velocity: number, random: Random): Float32Array {
  const frequency = noteFrequency(pitch);
  const decay = Math.max(0.7, 6.5 * 2 ** ((45 - pitch) / 18));
  const partials = Math.min(14, Math.floor(7000 / frequency));
  const stiffness = 0.0004;
  const modes = [];
  for (let number = 1; number <= partials; number++) {
    const sharp = number * Math.sqrt(1 + stiffness * number * number);
    const gain = Math.abs(Math.sin((Math.PI * number) / 8)) / number ** (1.35 - 0.35 * velocity);
    for (const tune of [1, 1 + between(random, 0.0004, 0.0009)]) {
      modes.push({ ratio: sharp * tune, gain: gain * 0.9, decay: decay / (1 + 0.22 * (number - 1)) });
    }
  }
  // The 60 dB of the lowest partial are long; what follows 2.4 s is masked by the next notes.
  const length = Math.round(Math.min(decay, 2.4) * SAMPLE_RATE);
  // A treble hammer is lighter: it leaves the string sooner.
  const contact = Math.min(0.0032, 1.1 / frequency) * (1.2 - 0.5 * velocity);
  return finish(strike(modes, frequency, contact, length), 0.3);
}

/** A bell or a music box: few inharmonic modes that ring long. */
export function playBell(pitch: number): Float32Array {
  const samples = strike(
    [
      { ratio: 1, gain: 1, decay: 3 },
      { ratio: 2.005, gain: 0.35, decay: 1.8 },
      { ratio: 3.01, gain: 0.16, decay: 1.1 },
      { ratio: 4.17, gain: 0.12, decay: 0.6 },
      { ratio: 5.43, gain: 0.07, decay: 0.35 },
    ],
    noteFrequency(pitch),
    0.0012,
    Math.round(2.6 * SAMPLE_RATE),
  );
  return finish(samples, 0.5);
}

/**
 * A steel string: Karplus and Strong's loop ("Digital synthesis of plucked-string and drum timbres", CMJ 1983) with the
 * tuning filter of Jaffe and Smith, plucked at a fifth of its length, on a body that resonates at 105 and 210 Hz.
 */
export function playGuitar(pitch: number, velocity: number, random: Random): Float32Array {
  const length = Math.round(1.9 * SAMPLE_RATE);
  const samples = new Float32Array(length);
  const period = SAMPLE_RATE / noteFrequency(pitch);
  // The averaging of two samples delays by a half; the all-pass makes up the fraction.
  const delay = Math.floor(period - 0.5 - 0.1);
  const fraction = period - 0.5 - delay;
  const tuning = (1 - fraction) / (1 + fraction);
  const line = new Float32Array(delay);
  const soften = new StateVariableFilter(1800 + 5200 * velocity);
  for (let index = 0; index < delay; index++) line[index] = soften.lowPass(random() * 2 - 1);
  const pick = Math.max(1, Math.round(delay / 5));
  for (let index = delay - 1; index >= pick; index--) line[index]! -= line[index - pick]! * 0.9;
  const loss = 10 ** (-3 / ((noteFrequency(pitch) * 3.2 * 220) / (220 + noteFrequency(pitch) * 0.4)));
  const airMode = new StateVariableFilter(105, 5);
  const topMode = new StateVariableFilter(210, 6);
  let place = 0;
  let last = 0;
  let passIn = 0;
  let passOut = 0;
  for (let index = 0; index < length; index++) {
    const out = line[place]!;
    const averaged = (0.52 * out + 0.48 * last) * loss;
    last = out;
    passOut = tuning * averaged + passIn - tuning * passOut;
    passIn = averaged;
    line[place] = passOut;
    place = place + 1 === delay ? 0 : place + 1;
    samples[index] = out + airMode.bandPass(out) * 1.2 + topMode.bandPass(out) * 0.9;
  }
  return finish(samples, 0.35);
}

/** Brings the peak to 1 and fades the last `seconds` out, so that the cut is not heard. */
function finish(samples: Float32Array, seconds: number): Float32Array {
  let peak = 1e-9;
  for (let index = 0; index < samples.length; index++) peak = Math.max(peak, Math.abs(samples[index]!));
  const fade = Math.min(samples.length, Math.round(seconds * SAMPLE_RATE));
  for (let index = 0; index < samples.length; index++) {
    samples[index]! *= Math.min(1, (samples.length - index) / fade) / peak;
  }
  return samples;
}
