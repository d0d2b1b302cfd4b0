import { between } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { StateVariableFilter } from '../dsp/filter.ts';
import { SAMPLE_RATE } from '../samples.ts';
import { source } from './parts/source.ts';

/** Resonances of the board or body in Hz, bumps per metre, metres per second. */
const wheels: Record<string, { body: number; upper: number; bumps: number; speed: number; joints: number }> =
  {
    skateboard: { body: 290, upper: 1150, bumps: 160, speed: 4, joints: 1.2 },
    cart: { body: 190, upper: 2300, bumps: 90, speed: 1.6, joints: 3.5 },
    coaster: { body: 110, upper: 900, bumps: 70, speed: 13, joints: 0.25 },
    bicycle: { body: 900, upper: 3800, bumps: 30, speed: 5, joints: 2.4 },
  };

/** Wheels that roll: the ground's bumps, quicker with speed, drive the body; joints knock (Rath & Rocchesso, 2005). */
export const rolling = source({
  name: 'rolling',
  summary: 'A skateboard, a cart or suitcase, a roller coaster, a bicycle.',
  variants: ['skateboard', 'cart', 'coaster', 'bicycle'],
  loudness: -22,
  words: {
    strong:
      'skateboard roller-skate roller-coaster rollercoaster suitcase-roll shopping-cart bicycle-ride cyclist ' +
      'wheelchair trolley ride-bicycle cycling bobsled ski-slope skiing ice-skate coaster-run ' +
      'roller-coaster-run',
    weak: 'roll wheel cart bicycle wagon carriage stroller ski skate',
    variants: {
      skateboard: 'skateboard skate roller',
      cart: 'cart suitcase trolley wagon stroller wheelchair carriage',
      coaster: 'coaster rollercoaster bobsled',
      bicycle: 'bicycle bike cyclist cycling',
    },
  },
  draw(length, { variant, pace }, random) {
    const wheel = wheels[variant] ?? wheels.skateboard!;
    const samples = new Float32Array(length);
    const body = new StateVariableFilter(wheel.body, 1.8);
    const upper = new StateVariableFilter(wheel.upper, 1.4);
    const speed = driftCurve(length, 0.35, random, 2);
    let way = 0;
    let bump = 0;
    let nextBump = 0;
    let nextJoint = random() / wheel.joints;
    let knock = 0;
    for (let index = 0; index < length; index++) {
      const metres = wheel.speed * (0.6 + 0.8 * pace) * (0.6 + 0.8 * speed[index]!);
      way += metres / SAMPLE_RATE;
      if (way > nextBump) {
        nextBump = way + between(random, 0.5, 1.5) / wheel.bumps;
        bump += (random() - 0.5) * 2;
      }
      if (way > nextJoint) {
        nextJoint = way + between(random, 0.9, 1.1) / wheel.joints;
        knock = 9;
      }
      bump *= 0.985;
      knock *= 0.994;
      const push = bump * (0.5 + metres / wheel.speed) + knock * (random() - 0.5);
      samples[index] = body.bandPass(push) + upper.bandPass(push) * 0.7;
    }
    return samples;
  },
});
