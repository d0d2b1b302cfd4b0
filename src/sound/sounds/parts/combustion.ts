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
  const strengths = Array.from({ length: engine.cylinders }, () => 1 - engine.uneven * random());
  const offsets = Array.from(
    { length: engine.cylinders },
    (_, cylinder) => (cylinder + 0.12 * engine.uneven * (random() - 0.5)) / engine.cylinders,
  );
  const pipes = engine.resonances.map((hertz) => new StateVariableFilter(hertz, 3));
  const rumble = new StateVariableFilter(900);
  const intake = new StateVariableFilter(1800, 0.7);
  let cycle = random();
  let jitter = 1;
  for (let index = 0; index < length; index++) {
    if ((index & 127) === 0) jitter = 1 + (random() - 0.5) * 0.012;
    cycle += (turns(index) * jitter) / 2 / SAMPLE_RATE;
    if (cycle >= 1) {
      cycle -= 1;
      for (let cylinder = 0; cylinder < strengths.length; cylinder++) {
        strengths[cylinder] = strengths[cylinder]! * 0.7 + 0.3 * (1 - engine.uneven * random());
      }
    }
    const work = load(index);
    let pressure = 0;
    for (let cylinder = 0; cylinder < offsets.length; cylinder++) {
      const place = cycle - offsets[cylinder]!;
      const part = place < 0 ? place + 1 : place;
      // The blow-down lasts a sixth of the cylinder's cycle, and is sharper under load.
      const pulse = part * engine.cylinders * 1.6;
      if (pulse < 1) pressure += Math.sin(Math.PI * pulse) ** (1 + 3 * work) * strengths[cylinder]!;
    }
    const air = (random() - 0.5) * (0.25 + pressure);
    let ringing = rumble.lowPass(pressure) * 0.55;
    for (let pipe = 0; pipe < pipes.length; pipe++) ringing += pipes[pipe]!.bandPass(pressure) * 0.8;
    samples[index] =
      (ringing + intake.bandPass(air) * engine.clatter + air * 0.12 * engine.clatter) * (0.5 + 0.5 * work);
  }
  return removeOffset(samples);
}

/** Pressure pulses are all of one sign: takes their mean, which nobody hears, away. */
function removeOffset(samples: Float32Array): Float32Array {
  let mean = 0;
  const keep = Math.exp((-2 * Math.PI * 22) / SAMPLE_RATE);
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
