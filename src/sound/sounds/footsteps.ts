import { between, type Random } from '../../random.ts';
import { type Material, type Mode, materialModes, strike } from '../dsp/modal.ts';
import { addPanned } from '../dsp/pan.ts';
import { createStereo, SAMPLE_RATE, type StereoSamples } from '../samples.ts';
import { betweenOctaves } from './parts/chance.ts';
import { addGrain } from './parts/grain.ts';
import type { EventSound } from './sound.ts';

/** Ground of many small pieces: how many are heard per step, their frequencies in Hz, lengths and the step's own in seconds. */
interface LooseGround {
  grains: number;
  low: number;
  high: number;
  longest: number;
  span: number;
  gain: number;
}

const looseGrounds: Record<string, LooseGround> = {
  gravel: { grains: 190, low: 1400, high: 7500, longest: 0.007, span: 0.25, gain: 0.3 },
  snow: { grains: 260, low: 700, high: 3600, longest: 0.006, span: 0.3, gain: 0.22 },
  leaves: { grains: 75, low: 2200, high: 9500, longest: 0.014, span: 0.3, gain: 0.3 },
  sand: { grains: 220, low: 500, high: 2600, longest: 0.008, span: 0.26, gain: 0.14 },
};

/** The flesh and the shoe: a dull, short thud. */
const heelModes: readonly Mode[] = [
  { ratio: 1, gain: 1, decay: 0.07 },
  { ratio: 2.1, gain: 0.5, decay: 0.045 },
  { ratio: 3.6, gain: 0.25, decay: 0.03 },
];

/** Footsteps: heel and ball of each foot, the left and the right a little apart, no two alike. */
export const footsteps: EventSound = {
  kind: 'event',
  name: 'footsteps',
  summary: 'Steps on gravel, wood, snow, leaves, sand or stone.',
  variants: ['stone', 'gravel', 'wood', 'snow', 'leaves', 'sand'],
  loudness: -22,
  words: {
    strong:
      'footstep footfall walk jog stroll stomp march tread pace-around wander hike strut tiptoe run ' +
      'rope-skip skip-rope',
    weak: 'step feet foot shoe heel boot shuffle tap-dance',
    variants: {
      gravel: 'gravel pebble path trail dirt track ground rock',
      wood: 'wood wooden floor floorboard plank deck stair stage corridor hall hallway boardwalk tap-dance',
      snow: 'snow snowy ice icy winter blizzard',
      leaves: 'leaf forest autumn grass meadow field jungle woods',
      sand: 'sand beach desert dune shore shoreline',
      stone: 'street pavement sidewalk stone concrete tile marble city asphalt runway road',
    },
  },
  follows: 'step',
  schedule(seconds, { pace }, random) {
    // 1.2 steps a second is a stroll, 1.9 a walk, 2.7 a run (Cook, "Modeling Bill's gait", 2002).
    const rate = pace < 0.5 ? 1.2 + 1.4 * pace : 1.9 + 1.6 * (pace - 0.5);
    const events = [];
    let foot = 1;
    for (let time = 0.35; time < seconds - 0.2; time += between(random, 0.96, 1.04) / rate) {
      events.push({ time, strength: between(random, 0.75, 1), pan: 0.1 * foot });
      foot = -foot;
    }
    return events;
  },
  render(length, { intensity, pace, variant }, events, random) {
    const samples = createStereo(length);
    // The ball of the foot follows the heel; in a run both come down together.
    const roll = pace > 0.8 ? 0.04 : 0.13 - 0.07 * pace;
    for (const { time, strength, pan } of events) {
      addContact(samples, time, strength, pan, 1, variant, intensity, random);
      addContact(
        samples,
        time + roll * between(random, 0.85, 1.15),
        strength * 0.55,
        pan,
        1.4,
        variant,
        intensity,
        random,
      );
    }
    return samples;
  },
};

/** One part of the foot that comes down; `pitch` tells the heel (1) from the ball. */
function addContact(
  samples: StereoSamples,
  time: number,
  strength: number,
  pan: number,
  pitch: number,
  variant: string,
  intensity: number,
  random: Random,
): void {
  const at = Math.round(time * SAMPLE_RATE);
  const loose = looseGrounds[variant];
  const thud = strike(
    heelModes,
    78 * pitch * between(random, 0.9, 1.1),
    0.004,
    Math.round(0.14 * SAMPLE_RATE),
  );
  addPanned(samples, thud, at, (loose ? 0.3 : 0.5) * (0.5 + intensity) * strength, pan);
  if (loose) {
    addCrunch(samples, at, loose, strength, pan, random);
    return;
  }
  const material: Material = variant === 'wood' ? 'wood' : 'stone';
  const modes = materialModes[material].map((mode) => ({
    ...mode,
    gain: mode.gain * between(random, 0.5, 1),
  }));
  const frequency = (material === 'wood' ? 190 : 900) * pitch * between(random, 0.92, 1.08);
  addPanned(
    samples,
    strike(modes, frequency, 0.0014, Math.round(0.25 * SAMPLE_RATE)),
    at,
    0.6 * strength,
    pan,
  );
  // The sole scuffs.
  addGrain(
    samples,
    at,
    { frequency: between(random, 2200, 3800), resonance: 0.8, decay: 0.03, gain: 0.22 * strength, pan },
    random,
  );
}

/** Pieces that give way under the weight: Cook's stochastic particles (PhISEM, Computer Music Journal 1997). */
function addCrunch(
  samples: StereoSamples,
  at: number,
  ground: LooseGround,
  strength: number,
  pan: number,
  random: Random,
): void {
  for (let grain = 0; grain < ground.grains; grain++) {
    const part = random() ** 1.5;
    addGrain(
      samples,
      at + Math.floor(part * ground.span * SAMPLE_RATE),
      {
        frequency: betweenOctaves(random, ground.low, ground.high),
        resonance: between(random, 1, 4),
        decay: betweenOctaves(random, 0.0012, ground.longest),
        gain: ground.gain * strength * random() ** 1.4 * (1 - 0.75 * part),
        pan: pan + between(random, -0.1, 0.1),
      },
      random,
    );
  }
}
