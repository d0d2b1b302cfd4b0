import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, lowPass } from '../dsp/filter.ts';
import { pinkNoise, whiteNoise } from '../dsp/noise.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import type { TextureSound } from './sound.ts';

/** A summer night: crickets that chirp, near and far, and a shimmer of all that are farther; or the cicadas of a hot day. */
export const insects: TextureSound = {
  kind: 'texture',
  name: 'insects',
  summary: 'Crickets and cicadas.',
  variants: ['night', 'cicadas'],
  loudness: -27,
  words: {
    strong: 'cricket cicada grasshopper katydid insect summer-night insect-cry insect-hum insect-buzz',
    weak: 'bug locust',
    variants: { cicadas: 'cicada' },
  },
  render(length, { density, variant }, random) {
    const samples = createStereo(length);
    const cicadas = variant === 'cicadas';
    addShimmer(samples, cicadas, random);
    const chirping = cicadas ? 0 : 3 + Math.round(density * 6);
    for (let count = 0; count < chirping; count++) addChirper(samples, count === 0, random);
    const trilling = cicadas ? 4 + Math.round(density * 4) : 0;
    for (let count = 0; count < trilling; count++) addTriller(samples, random);
    return samples;
  },
};

function addShimmer(samples: StereoSamples, cicadas: boolean, random: Random): void {
  const length = samples.left.length;
  for (const channel of [samples.left, samples.right]) {
    const shimmer = bandPass(whiteNoise(length, random), cicadas ? 6200 : 4400, cicadas ? 2.5 : 8);
    const air = lowPass(pinkNoise(length, random), 700);
    // The meadow itself: all that is too far to have a pitch.
    const grass = whiteNoise(length, random);
    const swell = driftCurve(length, 0.5, random, 2);
    const buzz = driftCurve(length, 60, random);
    for (let index = 0; index < length; index++) {
      channel[index] =
        shimmer[index]! * (cicadas ? 0.05 : 0.007) * (0.6 + 0.8 * swell[index]!) * (0.5 + buzz[index]!) +
        air[index]! * 0.006 +
        grass[index]! * (cicadas ? 0 : 0.0012);
    }
  }
}

/** Three to six pulses, once to three times a second: the tooth comb of a wing runs over the other. */
function addChirper(samples: StereoSamples, near: boolean, random: Random): void {
  const pitch = between(random, 3900, 5200);
  const pulses = 3 + Math.floor(random() * 4);
  const pulseRate = between(random, 28, 42);
  const chirpRate = between(random, 1.1, 2.6);
  const gain = near ? 0.05 : 0.006 + 0.035 * random() ** 1.5;
  const pan = near ? between(random, -0.5, 0.5) : between(random, -1, 1);
  const pulse = new Float32Array(Math.floor((0.72 / pulseRate) * SAMPLE_RATE));
  for (let index = 0; index < pulse.length; index++) {
    const part = index / pulse.length;
    // The pitch sinks as the wing slows down.
    const phase = (2 * Math.PI * pitch * (index - 0.012 * part * index)) / SAMPLE_RATE;
    pulse[index] =
      Math.sin(Math.PI * part) * (Math.sin(phase) + 0.14 * Math.sin(2 * phase) + 0.07 * Math.sin(3 * phase));
  }
  const seconds = samples.left.length / SAMPLE_RATE;
  for (let time = -random(); time < seconds; time += between(random, 0.96, 1.04) / chirpRate) {
    for (let count = 0; count < pulses; count++) {
      const at = Math.floor((time + count / pulseRate) * SAMPLE_RATE);
      addPanned(samples, pulse, at, gain * (0.6 + (0.4 * count) / pulses), pan);
    }
  }
}

/** One that never stops: a tone whose amplitude beats tens of times a second. */
function addTriller(samples: StereoSamples, random: Random): void {
  const length = samples.left.length;
  const tone = new Float32Array(length);
  const pitch = between(random, 4500, 8000);
  const rate = between(random, 90, 160);
  const swell = driftCurve(length, 0.35, random, 2);
  const waver = driftCurve(length, 6, random, 2);
  let phase = 0;
  let beat = random();
  for (let index = 0; index < length; index++) {
    phase += (2 * Math.PI * pitch * (1 + (waver[index]! - 0.5) * 0.04)) / SAMPLE_RATE;
    beat += (rate * (1 + (waver[index]! - 0.5) * 0.1)) / SAMPLE_RATE;
    const pulse = Math.sin(Math.PI * (beat - Math.floor(beat)));
    const loud = Math.max(0, swell[index]! - 0.2);
    tone[index] = Math.sin(phase) * pulse * pulse * loud;
  }
  addPanned(samples, tone, 0, 0.03, between(random, -0.9, 0.9));
}
