import { between, type Random } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { materialModes } from '../dsp/modal.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, hill, seconds, strikeOnce } from './parts/mono.ts';

const wallModes = [
  { ratio: 1, gain: 1, decay: 0.4 },
  { ratio: 1.7, gain: 0.6, decay: 0.32 },
  { ratio: 2.6, gain: 0.4, decay: 0.24 },
];

/** A door: its leaf falls into the frame and the latch after it; a hinge that sticks and slips; a sliding door. */
export const door = moments({
  name: 'door',
  summary: 'A door that shuts, slams, creaks or slides; a drawer.',
  variants: ['shut', 'slam', 'creak', 'slide'],
  loudness: -19,
  indoors: true,
  words: {
    strong:
      'door-slam slam-door door-open door-close close-door open-door door-creak creak slam drawer cupboard door-shut shut-door cabinet open-gate door-slide-open the-door-open',
    weak: 'door gate hinge window-open squeaky-door',
    variants: {
      shut: 'close shut open drawer cupboard cabinet',
      slam: 'slam',
      creak: 'creak squeak squeaky hinge haunted old',
      slide: 'slide sliding elevator',
    },
  },
  gap: { shut: 2.6, slam: 3, creak: 3, slide: 3.2 },
  draw({ variant }, random) {
    if (variant === 'creak') return creak(random);
    const samples = seconds(1.6);
    let at = 0;
    if (variant === 'slide') {
      addBurst(samples, 0, { frequency: 520, resonance: 0.8, attack: 0.3, decay: 0.35, gain: 0.7 }, random);
      addBurst(samples, 0, { frequency: 2300, resonance: 0.8, attack: 0.25, decay: 0.3, gain: 0.2 }, random);
      at = 0.62;
    }
    const force = variant === 'slam' ? 1 : 0.5;
    addAt(
      samples,
      strikeOnce(materialModes.wood, between(random, 68, 84), 0.006, 0.6, random),
      at,
      1.4 * force,
    );
    addAt(
      samples,
      strikeOnce(materialModes.wood, between(random, 150, 190), 0.002, 0.4, random),
      at,
      0.9 * force,
    );
    // The wall that holds the frame.
    addAt(samples, strikeOnce(wallModes, between(random, 44, 56), 0.009, 0.9, random), at, 1.5 * force);
    addBurst(
      samples,
      at,
      { frequency: 260, resonance: 0.6, attack: 0.004, decay: 0.26, gain: 2.2 * force },
      random,
    );
    addBurst(
      samples,
      at + 0.004,
      { frequency: 2600, resonance: 0.7, attack: 0.001, decay: 0.05, gain: 0.5 * force },
      random,
    );
    const latch = at + between(random, 0.03, 0.06);
    addAt(
      samples,
      strikeOnce(
        materialModes.metal.map((mode) => ({ ...mode, decay: 0.05 })),
        1350,
        0.0004,
        0.1,
        random,
      ),
      latch,
      0.3,
    );
    return samples;
  },
});

/** Dry friction: the hinge holds and slips some 30 to 120 times a second; every slip rings in the wood. */
function creak(random: Random): Float32Array {
  const samples = seconds(between(random, 1.1, 1.8));
  const panel = new StateVariableFilter(between(random, 620, 820), 9);
  const upper = new StateVariableFilter(between(random, 1500, 1900), 10);
  const frame = new StateVariableFilter(260, 3);
  const bend = between(random, 0.4, 1.6);
  let phase = 0;
  for (let index = 0; index < samples.length; index++) {
    const part = index / samples.length;
    const rate = 38 + 85 * Math.sin(Math.PI * part ** bend) * (0.85 + 0.3 * random());
    phase += rate / SAMPLE_RATE;
    let slip = 0;
    if (phase >= 1) {
      phase -= 1;
      slip = between(random, 8, 16) * hill(part, 0.15, 0.25);
    }
    samples[index] = panel.bandPass(slip) + upper.bandPass(slip) * 0.7 + frame.bandPass(slip) * 0.5;
  }
  return samples;
}
