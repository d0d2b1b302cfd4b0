import { between, type Random } from '../../random.ts';
import { materialModes } from '../dsp/modal.ts';
import { moments } from './parts/moments.ts';
import { addAt, addBurst, seconds, strikeOnce } from './parts/mono.ts';

const springModes = [
  { ratio: 1, gain: 1, decay: 0.02 },
  { ratio: 2.7, gain: 0.6, decay: 0.014 },
  { ratio: 5.1, gain: 0.35, decay: 0.009 },
];

/** Two small parts that meet, and the spring that throws them back. */
export const click = moments({
  name: 'click',
  summary: 'A switch, a mouse button, a pen, a lock, a stapler, fingers that snap.',
  variants: ['switch', 'lock', 'snap'],
  loudness: -24,
  indoors: true,
  words: {
    strong: 'click mouse-click light-switch finger-snap snap-finger stapler pen-click latch domino dice',
    weak: 'switch button lock snap marble lighter remote',
    variants: {
      switch: 'switch click button pen mouse',
      lock: 'lock latch key stapler door seat belt',
      snap: 'snap finger domino dice marble',
    },
  },
  gap: 1,
  draw({ variant }, random) {
    const samples = seconds(0.5);
    if (variant === 'snap') snapFingers(samples, random);
    else throwOver(samples, variant === 'lock', random);
    return samples;
  },
});

/** A part goes over and meets its stop, bounces on it, and is heard through what it is fixed to. */
function throwOver(samples: Float32Array, lock: boolean, random: Random): void {
  const pitch = (lock ? 900 : 2200) * between(random, 0.9, 1.1);
  const parts = lock ? [0, 0.045, 0.13] : [0, between(random, 0.07, 0.11)];
  for (const [place, start] of parts.entries()) {
    const gain = 1 - 0.25 * place;
    addAt(
      samples,
      strikeOnce(materialModes.wood, (lock ? 150 : 260) * between(random, 0.9, 1.1), 0.0012, 0.3, random),
      start,
      0.9 * gain,
    );
    let time = start;
    for (let bounce = 0; bounce < 4; bounce++) {
      const force = gain * 0.62 ** bounce;
      addAt(samples, strikeOnce(springModes, pitch * (1 + 0.25 * place), 0.0004, 0.1, random), time, force);
      const tick = { frequency: pitch * 2, resonance: 0.9, attack: 0.0004, decay: 0.012, gain: 0.5 * force };
      addBurst(samples, time, tick, random);
      time += between(random, 0.0025, 0.005) * (1 - 0.15 * bounce);
    }
  }
}

/** The finger leaves the thumb and meets the palm, which closes a hollow. */
function snapFingers(samples: Float32Array, random: Random): void {
  const hollow = between(random, 1500, 2300);
  addBurst(samples, 0, { frequency: 5000, resonance: 0.8, attack: 0.0005, decay: 0.008, gain: 0.5 }, random);
  addBurst(
    samples,
    0.002,
    { frequency: hollow, resonance: 5, attack: 0.003, decay: 0.07, gain: 2.4 },
    random,
  );
  const palm = { frequency: hollow * 0.45, resonance: 2.5, attack: 0.003, decay: 0.06, gain: 1.4 };
  addBurst(samples, 0.003, palm, random);
}
