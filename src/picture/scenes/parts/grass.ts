import { between, createRandom } from '../../../random.ts';
import { clamp01 } from '../../pixels/smoothstep.ts';
import { type Colour, colour, mixColours, scaleColour } from '../canvas/colour.ts';
import { dab, type Matter, span } from '../canvas/dab.ts';
import { litColour } from '../canvas/light.ts';
import { noise } from '../canvas/noise.ts';
import type { Easel } from '../scene.ts';
import { growthOf } from '../season.ts';

/** A fringe of grass along the lower edge. */
export interface Grass {
  count: number;
  /** Longest blade as a share of the height of the picture. */
  height: number;
  /** How far it is, in metres. */
  metres: number;
  /** How dark it stands against the light: 0 black … 1 as bright as the meadow. */
  tone: number;
  /** Length along the width, 0–1 in, a factor out. */
  profile?(share: number): number;
  /** Colours (sRGB) of flowers at the tips, and what share of the blades carries one. */
  flowers?: readonly number[];
  flowering?: number;
  seed: number;
}

/** Paints bent, tapering blades from the lower edge upwards, some with seed heads or flowers. */
export function paintGrass({ canvas, light, plan, wind }: Easel, grass: Grass): void {
  const random = createRandom(grass.seed);
  const growth = growthOf(plan);
  const matter: Matter = { distance: grass.metres, region: 'foliage' };
  const low = litColour(light, scaleColour(growth.grass[0], 0.5 * grass.tone), 0.8, 0.05, 0, 0);
  const tips = [growth.grass[1], growth.grass[2]].map((paint) =>
    litColour(light, scaleColour(paint, grass.tone), 0.9, 0.6, 0, 0),
  );
  const petals = (grass.flowers ?? []).map((hex) => litColour(light, colour(hex), 0.8, 0.5, 0, 0));
  // Blades belong to a width of 16 : 9: on a narrow canvas there are fewer.
  const count = Math.round(grass.count * Math.min(1.5, canvas.width / canvas.height / (16 / 9)));
  for (let index = 0; index < count; index++) {
    const share = random() * 1.1 - 0.05;
    const nearness = index / count;
    const long =
      canvas.height *
      grass.height *
      between(random, 0.45, 1.2) *
      (0.6 + 0.4 * nearness) *
      (grass.profile?.(share) ?? 1);
    const x = share * canvas.width;
    const bend = between(random, -0.25, 0.25) + wind * 0.3 * (0.5 + 0.5 * noise(share * 4, 1, grass.seed));
    const half = between(random, 0.55, 1.25) * canvas.unit * (0.8 + 0.7 * nearness);
    const shade = between(random, 0.55, 1.15);
    const tip = scaleColour(tips[random() < 0.7 ? 0 : 1]!, shade);
    const isHead = random() < 0.07;
    const isFlower = random() < (grass.flowering ?? 0);
    const petal = petals[Math.floor(random() * petals.length)];
    let last = Number.POSITIVE_INFINITY;
    const steps = Math.ceil(long * 1.3);
    const foot = canvas.height * 1.02;
    for (let step = 0; step <= steps; step++) {
      const along = step / steps;
      const row = Math.floor(foot - long * along * (1 - 0.12 * Math.abs(bend) * along));
      if (row === last) continue;
      last = row;
      let wide = half * (1 - along) + 0.2;
      if (isHead && along > 0.78) wide = half * 1.5 * Math.sin(((along - 0.78) / 0.22) * Math.PI) + 0.3;
      const paint: Colour = mixColours(low, tip, clamp01(along * along));
      span(canvas, row, x + bend * long * along * along, wide, paint, 1, matter);
    }
    if (isFlower && petal) {
      const size = between(random, 2.2, 4) * canvas.unit * (0.6 + 0.7 * nearness);
      const tipX = x + bend * long;
      const tipY = foot - long * (1 - 0.12 * Math.abs(bend));
      for (let leaf = 0; leaf < 6; leaf++) {
        const angle = (leaf / 6) * 2 * Math.PI + random();
        const paint = scaleColour(petal, between(random, 0.7, 1.2));
        dab(
          canvas,
          tipX + Math.cos(angle) * size * 0.6,
          tipY + Math.sin(angle) * size * 0.42,
          size * 0.6,
          size * 0.45,
          paint,
          0.95,
          matter,
        );
      }
    }
  }
}
