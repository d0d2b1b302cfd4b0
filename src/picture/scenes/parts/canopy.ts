import { between, createRandom } from '../../../random.ts';
import { type Colour, mixColours, scaleColour } from '../canvas/colour.ts';
import { dab, type Matter } from '../canvas/dab.ts';
import { litColour } from '../canvas/light.ts';
import type { Easel } from '../scene.ts';
import { growthOf } from '../season.ts';

/** Leaves that hang into the picture, or bushes that grow out of the ground: clumps along a line. */
export interface Canopy {
  metres: number;
  /** How many clumps, and their radius as a share of √(width × height). */
  count: number;
  size: number;
  /** Row of the clumps along the width (both as shares). */
  line(share: number): number;
  /** How far clumps stray from the line, as a share of the height. */
  stray: number;
  /** How much light shines through: 0 dark … 1 glowing. */
  glow: number;
  seed: number;
}

/** Paints clumps of leaves, each a cloud of dabs from dark to light. */
export function paintCanopy({ canvas, light, plan }: Easel, canopy: Canopy): void {
  const random = createRandom(canopy.seed);
  const { leaves, needles } = growthOf(plan);
  const paints = leaves.length > 0 ? leaves : [needles];
  const matter: Matter = { distance: canopy.metres, region: 'foliage' };
  const size = Math.sqrt(canvas.width * canvas.height) * canopy.size;
  const side = Math.sign(light.key[0]) || 1;
  const seen = (paint: Colour, ambient: number, key: number) =>
    litColour(light, paint, ambient, key, canopy.metres, 0);
  for (let clump = 0; clump < canopy.count; clump++) {
    const share = between(random, -0.05, 1.05);
    const x = share * canvas.width;
    const y = (canopy.line(share) + between(random, -1, 1) * canopy.stray) * canvas.height;
    const radius = size * between(random, 0.5, 1.3);
    const leaf = paints[Math.floor(random() * paints.length)]!;
    const dark = seen(scaleColour(leaf, 0.45), 0.6, 0.05 * canopy.glow);
    const middle = seen(leaf, 0.8, 0.3 * canopy.glow);
    const bright = seen(mixColours(leaf, [0.55, 0.5, 0.14], 0.25), 1, 1.1 * canopy.glow);
    for (let touch = 0; touch < 70; touch++) {
      const angle = random() * 2 * Math.PI;
      const out = Math.sqrt(random());
      const dx = Math.cos(angle) * out;
      const dy = Math.sin(angle) * out;
      const lit = 0.4 - dy * 0.35 + dx * side * 0.25 + (random() - 0.5) * 0.6;
      const paint =
        lit < 0.5
          ? mixColours(dark, middle, Math.max(0, lit * 2))
          : mixColours(middle, bright, Math.min(1, lit * 2 - 1));
      const leafSize = size * between(random, 0.07, 0.15);
      dab(
        canvas,
        x + dx * radius * 1.3,
        y + dy * radius * 0.8,
        leafSize * 1.2,
        leafSize * 0.8,
        paint,
        0.9,
        matter,
      );
    }
  }
}
