import { between, createRandom, type Random } from '../../../random.ts';
import { rowOf, sideOf } from '../canvas/canvas.ts';
import { type Colour, mixColours, scaleColour } from '../canvas/colour.ts';
import { dab, type Matter } from '../canvas/dab.ts';
import { litColour } from '../canvas/light.ts';
import type { Easel } from '../scene.ts';
import { growthOf } from '../season.ts';
import { paintShadow } from './shadow.ts';

/** One leaf tree. */
export interface LeafTree {
  /** Pixels from the left; metres away. */
  column: number;
  metres: number;
  /** Metres. */
  height: number;
  base: number;
  seed: number;
}

/** Paints a leaf tree: trunk, boughs, and a crown of clumps, dark below and light above; bare in winter. */
export function paintLeafTree(easel: Easel, tree: LeafTree): void {
  const { canvas, light, plan } = easel;
  const random = createRandom(tree.seed);
  const { leaves, snow } = growthOf(plan);
  const bottom = rowOf(canvas, tree.metres, tree.base);
  const tall = (tree.height / tree.metres) * canvas.focal;
  const side = sideOf(canvas, tree.column, tree.metres);
  const seen = (paint: Colour, ambient: number, key: number) =>
    litColour(light, paint, ambient, key, tree.metres, side);
  const matter: Matter = { distance: tree.metres, region: 'foliage' };
  const bark = seen([0.06, 0.042, 0.03], 0.9, 0.35);
  const clumps = Array.from({ length: 14 }, (_, index) => {
    const angle = (index / 14) * 2 * Math.PI + random();
    const out = index === 0 ? 0 : between(random, 0.1, 0.3);
    return {
      x: tree.column + Math.cos(angle) * out * tall * 1.3,
      y: bottom - tall * (0.62 + Math.sin(angle) * out * 0.8),
      radius: tall * between(random, 0.1, 0.17),
    };
  });
  paintShadow(easel, tree.column, tree.metres, tree.base, tree.height, tree.height * 0.32);
  limb(
    easel,
    tree.column,
    bottom,
    tree.column + tall * 0.02,
    bottom - tall * 0.6,
    tall * 0.028,
    bark,
    matter,
  );
  for (const clump of clumps) {
    const from = bottom - tall * between(random, 0.3, 0.5);
    limb(easel, tree.column, from, clump.x, clump.y, tall * 0.012, bark, matter);
    if (leaves.length === 0) twigs(easel, clump, tall, random, bark, matter);
  }
  if (leaves.length === 0) return;
  const leaf = leaves[Math.floor(random() * leaves.length)]!;
  const dark = seen(scaleColour(leaf, 0.42), 0.6, 0.03);
  const middle = seen(leaf, 0.75, 0.22);
  const bright = seen(mixColours(leaf, [0.5, 0.45, 0.12], 0.12), 0.95, 0.8);
  const white = seen([0.86, 0.9, 0.98], 0.85, 0.3);
  const lightSide = Math.sign(light.key[0]) || 1;
  // Near crowns get more and smaller leaves: a dab stays a touch of the brush.
  const fineness = Math.max(1, Math.min(3, tall / canvas.unit / 130));
  const count = Math.round(90 * fineness * fineness);
  clumps.sort((one, other) => one.y - other.y);
  for (const { x, y, radius } of clumps) {
    for (let index = 0; index < count; index++) {
      const angle = random() * 2 * Math.PI;
      const out = Math.sqrt(random());
      const dx = Math.cos(angle) * out;
      const dy = Math.sin(angle) * out;
      // A ball that is lit from above and from the light's side, with the light leaves laid on last.
      const lit =
        0.42 - dy * 0.42 + dx * lightSide * 0.26 + (random() - 0.5) * 0.5 + (index / count - 0.5) * 0.25;
      const paint =
        lit < 0.5
          ? mixColours(dark, middle, Math.max(0, lit) * 2)
          : mixColours(middle, bright, Math.min(1, (lit - 0.5) * 2));
      const size = (radius * between(random, 0.11, 0.24)) / fineness;
      dab(
        canvas,
        x + dx * radius * 1.1,
        y + dy * radius * 0.9,
        size * 1.25,
        size * 0.85,
        paint,
        0.92,
        matter,
      );
      if (snow > 0 && dy < -0.1 && random() < 0.5) {
        dab(
          canvas,
          x + dx * radius * 1.1,
          y + dy * radius * 0.9 - size * 0.5,
          size,
          size * 0.4,
          white,
          0.9,
          matter,
        );
      }
    }
  }
}

/** A tapering stroke from one point to another. */
function limb(
  { canvas }: Easel,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  radius: number,
  paint: Colour,
  matter: Matter,
): void {
  const length = Math.hypot(toX - fromX, toY - fromY);
  const steps = Math.max(2, Math.ceil(length / Math.max(0.7, radius * 0.5)));
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    const bend = Math.sin(share * Math.PI) * length * 0.05;
    const size = radius * (1 - 0.7 * share);
    dab(
      canvas,
      fromX + (toX - fromX) * share + bend,
      fromY + (toY - fromY) * share,
      size,
      size,
      paint,
      1,
      matter,
    );
  }
}

function twigs(
  easel: Easel,
  { x, y, radius }: { x: number; y: number; radius: number },
  tall: number,
  random: Random,
  bark: Colour,
  matter: Matter,
): void {
  for (let index = 0; index < 9; index++) {
    const angle = -Math.PI / 2 + (random() - 0.5) * 2.6;
    const length = radius * between(random, 0.5, 1.2);
    limb(easel, x, y, x + Math.cos(angle) * length, y + Math.sin(angle) * length, tall * 0.005, bark, matter);
  }
}
