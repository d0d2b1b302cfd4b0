import { between, type Random } from '../../random.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { createStereo, SAMPLE_RATE } from '../samples.ts';
import { type Combustion, engines, runEngine } from './parts/combustion.ts';
import { addPassage } from './parts/pass-by.ts';
import type { EventSound } from './sound.ts';

/** Metres per second, metres away, revolutions per second, share of the tyres. */
const vehicles: Record<
  string,
  { engine: Combustion; speed: number; gap: number; turns: number; tyres: number }
> = {
  car: { engine: engines.car, speed: 19, gap: 5, turns: 42, tyres: 0.9 },
  race: { engine: { ...engines.car, cylinders: 6 }, speed: 62, gap: 7, turns: 150, tyres: 0.4 },
  motorcycle: { engine: engines.motorcycle, speed: 26, gap: 4, turns: 75, tyres: 0.25 },
  truck: { engine: engines.truck, speed: 15, gap: 6, turns: 26, tyres: 1.2 },
};

/** A vehicle that goes by: engine and tyres as they are near and far, by Doppler's law. An event is the moment it is nearest. */
export const passing: EventSound = {
  kind: 'event',
  name: 'passing',
  summary: 'A car, a race car, a motorcycle or a truck that passes.',
  variants: ['car', 'race', 'motorcycle', 'truck'],
  loudness: -19,
  words: {
    strong:
      'car-pass car-drive-by drive-by vehicle-pass truck-pass motorcycle-pass race-car racecar race-auto drive-past car-race formula-one pass-by-vehicle car-speed motorcycle-race car-zoom vehicles-drive',
    weak: 'passing-by pass-by flyby',
    variants: {
      car: 'car vehicle',
      race: 'race racing formula speed',
      motorcycle: 'motorcycle motorbike bike',
      truck: 'truck bus lorry',
    },
  },
  follows: 'move',
  schedule(seconds, { density }, random) {
    const events = [];
    for (
      let time = Math.min(2, seconds * 0.4);
      time < seconds - 0.5;
      time += between(random, 2.5, 4.5) * (1.5 - density)
    ) {
      events.push({ time, strength: between(random, 0.75, 1), pan: 0 });
    }
    return events;
  },
  render(length, { variant, pace }, events, random) {
    const samples = createStereo(length);
    const vehicle = vehicles[variant] ?? vehicles.car!;
    for (const event of events) {
      const speed = vehicle.speed * (0.7 + 0.6 * pace) * between(random, 0.9, 1.1);
      const span = Math.min(3.2, 75 / speed + 1);
      const sound = drive(Math.ceil(2 * span * SAMPLE_RATE), vehicle, random);
      const direction = random() < 0.5 ? 1 : -1;
      addPassage(
        samples,
        sound,
        { time: event.time, speed, gap: vehicle.gap, direction, span },
        event.strength,
      );
    }
    return samples;
  },
};

function drive(length: number, vehicle: (typeof vehicles)[string], random: Random): Float32Array {
  const turns = vehicle.turns * between(random, 0.92, 1.08);
  const samples = runEngine(
    length,
    vehicle.engine,
    () => turns,
    () => 0.7,
    random,
  );
  const road = pinkNoise(length, random);
  const tread = new StateVariableFilter(950, 0.6);
  for (let index = 0; index < length; index++)
    samples[index]! += tread.bandPass(road[index]!) * 0.45 * vehicle.tyres;
  return samples;
}
