import { between, createRandom, deriveSeed } from '../../../random.ts';
import { rowOf, sideOf } from '../canvas/canvas.ts';
import { type Colour, mixColours, scaleColour } from '../canvas/colour.ts';
import { dab, type Matter } from '../canvas/dab.ts';
import { litColour } from '../canvas/light.ts';
import type { Easel } from '../scene.ts';
import { growthOf } from '../season.ts';
import { paintShadow } from './shadow.ts';

/** One conifer. */
export interface Pine {
  /** Where it stands, in pixels from the left, and how far away in metres. */
  column: number;
  metres: number;
  /** Metres. */
  height: number;
  /** Height of the ground it stands on, metres. */
  base: number;
  seed: number;
  /** How much darker than its needles it is seen: 1 as it is; near trees against light are dark. */
  tone?: number;
}

/** Paints a conifer: whorls of drooping boughs from the top down, dark inside, light on the tips towards the light. */
export function paintPine(easel: Easel, pine: Pine): void {
  const { canvas, light, plan } = easel;
  const random = createRandom(pine.seed);
  const growth = growthOf(plan);
  const bottom = rowOf(canvas, pine.metres, pine.base);
  const tall = (pine.height / pine.metres) * canvas.focal;
  const spread = tall * between(random, 0.17, 0.24);
  const lean = between(random, -0.02, 0.02) * tall;
  // Near trees have finer boughs: a dab stays a touch of the brush.
  const tiers = Math.round(between(random, 0.9, 1.1) * Math.max(18, Math.min(44, tall / canvas.unit / 5.5)));
  const step = tall / tiers;
  const side = sideOf(canvas, pine.column, pine.metres);
  const tone = pine.tone ?? 1;
  const matter: Matter = { distance: pine.metres, region: 'foliage' };
  const needles = scaleColour(growth.needles, tone);
  const seen = (paint: Colour, ambient: number, key: number) =>
    litColour(light, paint, ambient, key, pine.metres, side);
  const dark = seen(scaleColour(needles, 0.55), 0.75, 0.02);
  const middle = seen(needles, 0.85, 0.14);
  const bright = seen(scaleColour(needles, 1.5), 1, 0.4);
  const snow = seen([0.86, 0.9, 0.98], 0.85, 0.3);
  const trunk = seen([0.03, 0.022, 0.016], 0.9, 0.2);
  paintShadow(easel, pine.column, pine.metres, pine.base, pine.height, pine.height * 0.13);
  for (let row = bottom; row > bottom - tall * 0.2; row -= Math.max(0.7, tall * 0.012)) {
    dab(canvas, pine.column, row, Math.max(0.6, tall * 0.012), Math.max(0.8, tall * 0.014), trunk, 1, matter);
  }
  const lightSide = Math.sign(light.key[0]) || 1;
  for (let tier = tiers - 2; tier >= 0; tier--) {
    const down = (tier + 0.3) / tiers;
    const y = bottom - tall * (1 - down * 0.93);
    const x = pine.column + lean * (1 - down);
    const reach = spread * (0.05 + down ** 0.9) * between(random, 0.8, 1.12);
    const boughs = 5 + Math.round(((reach * 1.1) / step) * down);
    for (let index = 0; index < boughs; index++) {
      const along = ((index + random()) / boughs) * 2 - 1;
      // Boughs that point at the painter are short and hang before the trunk.
      const out = along * reach * between(random, 0.7, 1.1);
      const droop = (0.25 + 0.3 * down) * Math.abs(out) + step * between(random, -0.3, 0.3);
      const faces = along * lightSide > -0.1 ? 1 : 0.35;
      const isWhite = growth.snow > 0 && random() < growth.snow;
      // So many that they overlap along the bough.
      const touches = Math.max(2, Math.min(14, Math.round((Math.abs(out) * 1.5) / step)));
      for (let touch = 0; touch < touches; touch++) {
        const share = (touch + 1) / touches;
        const size = step * between(random, 0.5, 0.85) * (1.15 - 0.65 * share);
        const atX = x + out * (0.3 + 0.7 * share);
        const atY = y + droop * share * share;
        const shade = random() * (0.4 + 0.6 * share);
        const paint =
          shade < 0.5
            ? mixColours(dark, middle, shade * 2)
            : mixColours(middle, bright, (shade - 0.5) * 2 * faces);
        dab(canvas, atX, atY + size * 0.55, size * 0.95, size * 0.75, dark, 0.9, matter);
        dab(canvas, atX, atY, size * 0.95, size * 0.42, paint, 0.9, matter);
        if (isWhite && (faces === 1 || touch > 0)) {
          dab(canvas, atX, atY - size * 0.3, size * 0.95, size * 0.34, snow, 0.9, matter);
        }
      }
    }
  }
}

/** A row of conifers across the picture. */
export interface PineRow {
  metres: number;
  count: number;
  /** Typical height in metres. */
  height: number;
  /** Height of the ground. */
  base(x: number, z: number): number;
  /** Where trees stand: a share of the width in, whether one may stand there out. */
  stands?(share: number): boolean;
  seed: number;
  tone?: number;
}

/** Paints a row of conifers, the farther ones first. */
export function paintPineRow(easel: Easel, row: PineRow): void {
  const { canvas } = easel;
  const random = createRandom(row.seed);
  const trees = Array.from({ length: row.count }, (_, index) => {
    const share = ((index + random()) / row.count) * 1.1 - 0.05;
    const metres = row.metres * between(random, 0.88, 1.14);
    const height = row.height * between(random, 0.5, 1.25);
    return { share, metres, height, index };
  }).filter(({ share }) => row.stands?.(share) ?? true);
  trees.sort((one, other) => other.metres - one.metres);
  for (const { share, metres, height, index } of trees) {
    const column = share * canvas.width;
    paintPine(easel, {
      column,
      metres,
      height,
      base: row.base(sideOf(canvas, column, metres), metres),
      seed: deriveSeed(row.seed, `tree ${index}`),
      ...(row.tone !== undefined && { tone: row.tone }),
    });
  }
}
