import { smoothstep } from '../../pixels/smoothstep.ts';
import { veil } from '../canvas/canvas.ts';
import { mix, scaleColour } from '../canvas/colour.ts';
import { skyColour } from '../canvas/light.ts';
import { fractal, noise } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';

/** A layer of cloud that lies high above the painter like a ceiling: cirrus, streaks, or a closed deck. */
export interface CloudPlane {
  /** How little of it there is: 0.4 a few wisps, 0 half of the sky, −0.5 all of it. */
  cover: number;
  /** How slowly it thickens from its rim. */
  softness: number;
  /** How much longer the shapes are than wide. */
  stretch: number;
  /** The densest it gets, 0–1. */
  most: number;
  seed: number;
}

/** Paints a cloud layer in perspective, lit from where the sun stands. */
export function paintCloudPlane({ canvas, light, plan }: Easel, plane: CloudPlane): void {
  const { width, height, horizon, focal, centre } = canvas;
  const { sun, sunColour, ambient } = light;
  const { seed, stretch } = plane;
  const mask = veil(canvas, 'cloud');
  const isBright = plan.weather === 'clear' || plan.weather === 'cloudy';
  const bright = scaleColour(sunColour, isBright ? 0.36 : 0.9);
  const dim = plan.weather === 'storm' ? 0.2 : isBright ? 0.72 : 0.5;
  const slope = Math.abs(sun[1]) + 0.25;
  const length = Math.hypot(sun[0], sun[2]) / slope || 1;
  const towardsX = ((sun[0] / slope) * 0.22) / length;
  const towardsZ = (((sun[2] / slope) * 0.22) / length) * stretch * 0.5;
  const density = (u: number, v: number, octaves: number): number => {
    const x = u + 0.6 * noise(u * 0.7, v * 0.7, seed + 50);
    const y = v + 0.6 * noise(u * 0.7 + 9, v * 0.7, seed + 51);
    const billow = 1 - Math.abs(noise(x * 2.3, y * 2.3, seed + 20)) * 1.6;
    return fractal(x, y, seed, octaves, 0.52) * 1.5 + billow * 0.13 - plane.cover;
  };
  const ink = new Float64Array(3);
  const lastRow = Math.min(height, Math.ceil(horizon));
  for (let row = 0; row < lastRow; row++) {
    const rise = (horizon - row - 0.5) / focal;
    for (let column = 0; column < width; column++) {
      const side = (column + 0.5 - centre) / focal;
      const scale = 1 / Math.sqrt(side * side + rise * rise + 1);
      const elevation = rise * scale;
      const lift = elevation + 0.035;
      const u = ((side * scale) / lift) * 0.62;
      const v = (scale / lift) * 0.31 * stretch;
      const thick = density(u, v, lift < 0.07 ? 4 : 6);
      let alpha = smoothstep(0, plane.softness, thick);
      if (alpha < 0.003) continue;
      const beyond = density(u + towardsX, v + towardsZ, 3);
      const along = Math.max(0, (side * sun[0] + rise * sun[1] + sun[2]) * scale);
      const rim = alpha * (1 - alpha) * 4;
      let lit = Math.max(0, Math.min(1, 0.5 + (thick - beyond) * 0.9));
      // Thick cloud has a dark belly; a rim before the sun shines through.
      lit *= mix(1, 0.5, alpha * smoothstep(0.2, 0.9, thick));
      lit += rim * (0.9 * along ** 8 + 1.3 * Math.exp((along - 1) * 90));
      alpha = Math.min(plane.most, alpha) * smoothstep(0.005, 0.1, elevation);
      skyColour(light, side, Math.max(0.02, elevation * 0.5), 1, ink);
      const haze = 0.7 * Math.exp(-elevation * 7);
      const pixel = row * width + column;
      const paint = (channel: 0 | 1 | 2, plate: Float32Array) => {
        const body = ambient[channel] * dim + ink[channel]! * 0.18 + bright[channel] * lit;
        const seen = mix(body, ink[channel]!, haze);
        plate[pixel]! += (seen - plate[pixel]!) * alpha;
      };
      paint(0, canvas.red);
      paint(1, canvas.green);
      paint(2, canvas.blue);
      mask[pixel] = 1 - (1 - mask[pixel]!) * (1 - alpha);
    }
  }
}
