import { SAMPLE_RATE } from '../samples.ts';
import { engines, runEngine, wander } from './parts/combustion.ts';
import { source } from './parts/source.ts';

/** Which engine, and revolutions per second at idle. */
const kinds = {
  idle: { engine: engines.car, idle: 13 },
  drive: { engine: engines.car, idle: 34 },
  rev: { engine: engines.car, idle: 15 },
  motorcycle: { engine: engines.motorcycle, idle: 17 },
  truck: { engine: engines.truck, idle: 10 },
  mower: { engine: engines.twoStroke, idle: 48 },
} as const;

/** An engine: idles, drives or revs; heavier, lighter, or a mower's. */
export const engine = source({
  name: 'engine',
  summary: 'A car, truck, motorcycle or mower whose engine idles, drives or revs.',
  variants: ['idle', 'drive', 'rev', 'motorcycle', 'truck', 'mower'],
  loudness: -21,
  words: {
    strong:
      'engine rev motor-run motor-idle start-car car-idle car-drive car-engine truck-engine vehicle-drive ' +
      'motorbike-ride lawn-mower lawnmower engine-run vehicle-run engine-idle engine-rumble car-run mow ' +
      'truck-rumble bus-rumble rumble-of-a-bus airplane-engine-run',
    weak:
      'motor car motorcycle motorbike vehicle truck bus idle accelerate drive race tractor moped scooter ' +
      'bulldozer tank automobile bike mower snowmobile taxi rickshaw kart van excavator',
    variants: {
      idle: 'idle stationary engine',
      drive: 'drive race accelerate road taxi car',
      rev: 'rev accelerate start speed kart race',
      motorcycle: 'motorcycle motorbike moped scooter bike snowmobile rickshaw',
      truck: 'truck bus tractor bulldozer tank van diesel excavator',
      mower: 'mower lawn lawnmower',
    },
  },
  draw(length, { variant, intensity, pace }, random) {
    const kind = kinds[variant as keyof typeof kinds] ?? kinds.idle;
    const hunting = wander(0.03, 1.3, random);
    const seconds = length / SAMPLE_RATE;
    const revving = variant === 'rev' || (variant === 'motorcycle' && intensity > 0.6);
    const driving = variant === 'drive' || variant === 'motorcycle';
    // A foot that opens the throttle every two seconds and a half; on the road it opens gear by gear.
    const throttle = (index: number) => {
      const time = index / SAMPLE_RATE;
      if (revving) return Math.max(0, Math.sin((2 * Math.PI * time) / 2.5)) ** 1.5;
      if (driving) return 0.25 + 0.5 * ((time / Math.max(3, seconds / 2)) % 1);
      return 0;
    };
    const turns = (index: number) =>
      kind.idle * (0.8 + 0.4 * pace) * hunting(index) * (1 + 2.4 * throttle(index));
    const load = (index: number) => Math.min(1, 0.15 + 0.3 * intensity + throttle(index));
    return runEngine(length, kind.engine, turns, load, random);
  },
});
