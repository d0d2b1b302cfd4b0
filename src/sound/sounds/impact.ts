import { between, type Random } from '../../random.ts';
import { lowPass } from '../dsp/filter.ts';
import { type Material, materialModes, strike } from '../dsp/modal.ts';
import { whiteNoise } from '../dsp/noise.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { betweenOctaves } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { EventSound, SoundEvent } from './sound.ts';

/** Lowest mode in Hz, contact time in seconds and share of the blow's own noise, per material. */
const bodies: Record<Material, { frequency: number; contact: number; thud: number }> = {
  wood: { frequency: 260, contact: 0.0011, thud: 0.35 },
  metal: { frequency: 430, contact: 0.0006, thud: 0.12 },
  glass: { frequency: 1700, contact: 0.0003, thud: 0.08 },
  stone: { frequency: 780, contact: 0.0009, thud: 0.7 },
};

/** A blow on a body: its modes, each with its own decay, and the thud of what struck it. */
export const impact: EventSound = {
  kind: 'event',
  name: 'impact',
  summary: 'Blows on wood, metal, glass or stone.',
  variants: ['wood', 'metal', 'glass', 'stone', 'shatter'],
  loudness: -17,
  words: {
    strong:
      'knock thud thump bang clang clank clink clatter hammer smash shatter anvil blacksmith katana samurai ' +
      'sword swordfight duel glass-break break-glass clash bump ice-crack hit-metal hit-wood object-hit ' +
      'beat-on-a-hard beat-onto-a-hard',
    weak:
      'strike drop collide collision tap crash impact metal metallic wood wooden glass lumber block stone ' +
      'hit',
    variants: {
      metal:
        'metal metallic steel iron anvil blacksmith sword katana samurai blade clang clank pan pot duel clash swordfight ' +
        'armor silverware cutlery',
      glass: 'clink glass bottle ceramic cup dish plate',
      stone: 'stone rock brick boulder concrete wall',
      wood: 'wood wooden door table box crate board knock thud thump lumber',
      shatter: 'shatter smash break',
    },
  },
  follows: 'hit',
  schedule(seconds, { density, variant }, random) {
    const events: SoundEvent[] = [];
    // What is broken stays broken.
    const gap = variant === 'shatter' ? 4.5 : 1.2;
    for (let time = Math.min(0.6, seconds * 0.25); time < seconds - 0.25; ) {
      events.push({ time, strength: between(random, 0.7, 1), pan: between(random, -0.15, 0.15) });
      time += gap * between(random, 0.75, 1.25) * (1.6 - 1.2 * density);
    }
    return events;
  },
  render(length, { intensity, variant }, events, random) {
    const samples = createStereo(length);
    for (const event of events) {
      if (variant === 'shatter') addShatter(samples, event, random);
      else addBlow(samples, event, variant in bodies ? (variant as Material) : 'wood', intensity, random);
    }
    return samples;
  },
};

function addBlow(
  samples: StereoSamples,
  event: SoundEvent,
  material: Material,
  intensity: number,
  random: Random,
): void {
  const at = Math.round(event.time * SAMPLE_RATE);
  const body = bodies[material];
  // No two blows meet the same spot: every mode is a little different each time.
  const modes = materialModes[material].map((mode) => ({
    ratio: mode.ratio * between(random, 0.99, 1.01),
    gain: mode.gain * between(random, 0.6, 1),
    decay: mode.decay * between(random, 1.4, 2),
  }));
  const contact = body.contact * (1.6 - 1.2 * intensity) * between(random, 0.8, 1.2);
  const ring = strike(
    modes,
    body.frequency * between(random, 0.96, 1.04),
    contact,
    Math.round(2.6 * SAMPLE_RATE),
  );
  addPanned(samples, ring, at, 0.5 * event.strength, event.pan);
  const thud = whiteNoise(Math.round(0.05 * SAMPLE_RATE), random);
  for (let index = 0; index < thud.length; index++) {
    thud[index]! *= Math.min(1, index / 20) * Math.exp((-9 * index) / thud.length);
  }
  lowPass(thud, 900 + 1800 * intensity);
  addPanned(samples, thud, at, body.thud * event.strength, event.pan);
  if (material === 'stone') addGrit(samples, event, random);
}

/** A stone does not ring for long: it rocks on what it fell on, and grinds. */
function addGrit(samples: StereoSamples, event: SoundEvent, random: Random): void {
  let time = event.time;
  for (let rock = 0; rock < 5; rock++) {
    time += between(random, 0.014, 0.03) * (1 + 0.2 * rock);
    const length = Math.round(0.4 * SAMPLE_RATE);
    const knock = strike(materialModes.stone, 780 * between(random, 0.7, 1.3), 0.0008, length);
    const gain = 0.3 * 0.68 ** rock * event.strength;
    addPanned(samples, knock, Math.round(time * SAMPLE_RATE), gain, event.pan);
  }
  for (let grain = 0; grain < 60; grain++) {
    const late = random() ** 1.7;
    const grit = {
      frequency: betweenOctaves(random, 500, 5200),
      resonance: 1.4,
      decay: between(random, 0.006, 0.025),
      gain: between(random, 0.1, 0.7) * (1 - 0.8 * late) * event.strength,
      pan: event.pan + between(random, -0.2, 0.2),
    };
    addGrain(samples, Math.round((event.time + 0.002 + 0.14 * late) * SAMPLE_RATE), grit, random);
  }
}

/** Glass that breaks: one blow, then shards that ring at their own pitches as they fall, fewer and fewer. */
function addShatter(samples: StereoSamples, event: SoundEvent, random: Random): void {
  addBlow(samples, event, 'glass', 1, random);
  const at = Math.round(event.time * SAMPLE_RATE);
  for (let shard = 0; shard < 70; shard++) {
    const late = random() ** 2.2;
    const modes = materialModes.glass.map((mode) => ({
      ...mode,
      decay: mode.decay * between(random, 0.15, 0.6),
    }));
    const ring = strike(modes, betweenOctaves(random, 2200, 6500), 0.0002, Math.round(0.3 * SAMPLE_RATE));
    const gain = between(random, 0.05, 0.35) * (1 - 0.8 * late) * event.strength;
    addPanned(
      samples,
      ring,
      at + Math.round(late * 0.9 * SAMPLE_RATE),
      gain,
      event.pan + between(random, -0.5, 0.5),
    );
  }
}
