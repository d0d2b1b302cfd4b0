import { colour, tinted } from '../canvas/colour.ts';
import type { Ink } from '../canvas/light.ts';
import { fractal } from '../canvas/noise.ts';
import type { ScenePlan } from '../plan.ts';

/** A painter of snow, a little bluer in its hollows. */
export function snowPaint(plan: ScenePlan, seed: number) {
  const snow = plan.palette
    .filter(({ region }) => region === 'land')
    .reduce((paint, { hex }) => tinted(paint, colour(hex), 0.7), colour(0xeaf0ff));
  return (x: number, z: number, _height: number, _upright: number, _footprint: number, ink: Ink): void => {
    const tone = 0.95 + 0.07 * fractal(x / 3, z / 3, seed, 3);
    ink[0] = snow[0] * tone;
    ink[1] = snow[1] * tone;
    ink[2] = snow[2] * tone;
  };
}
