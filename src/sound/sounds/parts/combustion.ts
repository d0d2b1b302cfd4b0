import { between, type Random } from '../../../random.ts';
import { StateVariableFilter } from '../../dsp/filter.ts';
import { SAMPLE_RATE } from '../../samples.ts';

/** A piston engine. */
export interface Combustion {
  cylinders: number;
  /** Resonances of the exhaust and the body in Hz. */
  resonances: readonly number[];
  /** Share of the noise of valves, intake and gears, 0–1. */
  clatter: number;
  /** How unlike the cylinders are, 0–1: what makes it throb. */
  uneven: number;
}

/**
 * A piston engine as one channel: each cylinder fires once in two turns, a pulse of pressure that rings in the exhaust
 * pipe, with the hiss of the intake opened by every stroke (after Farnell, "Designing Sound", chapter 45).
 * `turns` gives revolutions per second at a sample; `load` 0–1 how hard it works there.
 */
export function runEngine(
  length: number,
  engine: Combustion,
  turns: (index: number) => number,
  load: (index: number) => number,
  random: Random,
): Float32Array {
  const samples = new Float32Array(length);
  const cylinders = engine.cylinders;
  const strengths = Array.from({ length: cylinders }, () => 1 - engine.uneven * random());
  const late = Array.from({ length: cylinders }, () => 0.12 * engine.uneven * (random() - 0.5));
  const pipes = engine.resonances.map((hertz) => new StateVariableFilter(hertz, 4));
  const intake = new StateVariableFilter(1800, 0.7);
  const valves = new StateVariableFilter(3400, 2);
  // Where the gas meets the open end of the pipe it returns upside down.
  const pipe = new Float32Array(Math.round(SAMPLE_RATE / (2 * engine.resonances[0]!)));
  const opening = 1 - Math.exp(-1 / (0.00012 * SAMPLE_RATE));
  let cycle = random() * cylinders;
  let charge = 0;
  let pressure = 0;
  let jitter = 1;
  let tick = 0;
  for (let index = 0; index < length; index++) {
    if ((index & 127) === 0) jitter = 1 + (random() - 0.5) * 0.012;
    const work = load(index);
    const firing = Math.floor(cycle);
    const cylinder = firing % cylinders;
    const before = cycle - firing - late[cylinder]!;
    const step = ((turns(index) * jitter) / 2 / SAMPLE_RATE) * cylinders;
    cycle += step;
    if (before < 0.5 && before + step >= 0.5) {
      strengths[cylinder] = strengths[cylinder]! * 0.6 + 0.4 * (1 - engine.uneven * random());
      charge += strengths[cylinder]! * (0.5 + 0.8 * work);
      tick = 1;
    }
    if (cycle >= cylinders) cycle -= cylinders;
    // The blow-down is over in some milliseconds, sooner under load.
    charge *= 1 - 1 / ((0.0032 - 0.0018 * work) * SAMPLE_RATE);
    pressure += (charge - pressure) * opening;
    tick *= 0.993;
    const place = index % pipe.length;
    const gas = pressure - 0.45 * pipe[place]!;
    pipe[place] = gas;
    let ringing = gas * 0.7;
    for (let resonance = 0; resonance < pipes.length; resonance++)
      ringing += pipes[resonance]!.bandPass(gas) * 0.9;
    const air = random() - 0.5;
    const noise = intake.bandPass(air * (0.08 + pressure)) * 0.5 + valves.bandPass(air * tick) * 0.3;
    samples[index] = ringing + noise * engine.clatter;
  }
  return removeOffset(samples);
}

/** Pressure pulses are all of one sign: takes their mean, which nobody hears, away. */
function removeOffset(samples: Float32Array): Float32Array {
  let mean = 0;
  const keep = Math.exp((-2 * Math.PI * 45) / SAMPLE_RATE);
  for (let index = 0; index < samples.length; index++) {
    mean = mean * keep + samples[index]! * (1 - keep);
    samples[index]! -= mean;
  }
  return samples;
}

/** Some engines, by what they drive. */
export const engines = {
  car: { cylinders: 4, resonances: [92, 210, 480], clatter: 0.35, uneven: 0.25 },
  truck: { cylinders: 6, resonances: [58, 130, 320], clatter: 0.75, uneven: 0.35 },
  motorcycle: { cylinders: 2, resonances: [120, 260, 650], clatter: 0.3, uneven: 0.45 },
  twoStroke: { cylinders: 2, resonances: [310, 720, 1500], clatter: 0.7, uneven: 0.3 },
  boat: { cylinders: 4, resonances: [80, 170, 350], clatter: 0.25, uneven: 0.4 },
  propeller: { cylinders: 4, resonances: [75, 190, 420], clatter: 0.4, uneven: 0.3 },
} as const satisfies Record<string, Combustion>;

/** A speed or load that wanders around 1 by ± `depth`, evaluated lazily per sample. */
export function wander(depth: number, seconds: number, random: Random): (index: number) => number {
  const first = between(random, 0.7, 1.3) / seconds;
  const second = between(random, 1.9, 2.7) / seconds;
  const phase = random() * 6;
  return (index) => {
    const time = index / SAMPLE_RATE;
    return 1 + depth * (0.6 * Math.sin(6.283 * first * time + phase) + 0.4 * Math.sin(6.283 * second * time));
  };
}
