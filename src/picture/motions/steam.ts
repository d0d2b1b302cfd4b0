import { createLattice, fractalNoise, smoothNoise } from '../pixels/noise.ts';
import { fillPlane, planeAt } from '../pixels/plane.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import type { Motion } from './motion.ts';
import { findPlume, rise } from './smoke.ts';

/** Steam rises from what is hot: the picture's own, or, where a thing stands out and has none, steam that is painted. */
export const steam: Motion = {
  kind: 'steam',
  phrases: 'steam,steaming,steamy,vapor,vapour,piping hot'.split(','),
  needs: 'steam, or a thing that it could rise from,',
  isAmbient: false,
  find(scene, wish, seed) {
    const plume = findPlume(scene);
    if (plume) return [rise(scene.refine(plume), wish, seed)];
    const source = findSource(scene);
    if (!source) return [];
    const { width, height } = scene.image;
    const aspect = width / height;
    const lattice = createLattice(seed);
    const aside = wish.direction === 'left' ? -0.25 : wish.direction === 'right' ? 0.25 : 0.04;
    const top = 0.1 * source.y - 0.02;
    /** 0–1: a column that leans, widens and thins out as it rises. */
    const column = fillPlane(width, height, (x, y) => {
      const risen = (source.y - y) / Math.max(0.1, source.y - top);
      if (risen < -0.12 || risen > 1) return 0;
      const lean = aside * risen * risen + 0.03 * Math.sin(5 * risen + seed);
      const half = source.halfWidth * (0.75 + 0.7 * Math.max(0, risen));
      const away = Math.abs(x - source.x - lean) / half;
      return smoothstep(1, 0.15, away) * smoothstep(-0.12, 0.08, risen) * smoothstep(1, 0.25, risen);
    });
    // Tall thin wisps, warped sideways so that they curl.
    const texture = fillPlane(width, height, (x, y, pixel) => {
      const curl = fractalNoise(x * aspect * 5 + 40, y * 5, lattice) - 0.5;
      const wisp = fractalNoise(x * aspect * 13 + curl * 7, y * 5, lattice);
      // It never burns out what lies behind it.
      const room = smoothstep(0.98, 0.4, scene.image.green[pixel]!);
      return smoothstep(0.36, 0.7, wisp) * room * planeAt(column, x, y);
    });
    const speed = 0.03 + 0.05 * wish.strength;
    const curl = smoothNoise(width, height, 7, seed);
    return [
      {
        type: 'flow',
        matte: { ...column, values: column.values.map((value) => smoothstep(0, 0.4, value)) },
        velocityX: { ...curl, values: curl.values.map((value) => (value - 0.5 + aside) * speed) },
        velocityY: fillPlane(2, 2, () => -speed),
        phase: smoothNoise(width, height, 5, seed + 1),
        period: 2.6,
        reach: 0.05,
        flicker: 0,
        paint: { texture, lift: [90 + 70 * wish.strength, 0, 0] },
      },
    ];
  },
};

/** The middle of what stands out, a third below its top, in fractions; null when nothing does. */
function findSource({ depth }: Scene): { x: number; y: number; halfWidth: number } | null {
  const { subject, width, height } = depth;
  if (!subject) return null;
  const rows = new Float64Array(height);
  let sum = 0;
  let sumX = 0;
  for (let pixel = 0; pixel < subject.length; pixel++) {
    const value = subject[pixel]!;
    rows[Math.floor(pixel / width)]! += value;
    sum += value;
    sumX += value * (pixel % width);
  }
  const x = sumX / sum;
  let deviation = 0;
  for (let pixel = 0; pixel < subject.length; pixel++) {
    deviation += subject[pixel]! * ((pixel % width) - x) ** 2;
  }
  let seen = 0;
  let row = 0;
  while (row < height - 1 && seen < 0.3 * sum) seen += rows[row++]!;
  return { x: x / width, y: row / height, halfWidth: (1.05 * Math.sqrt(deviation / sum)) / width };
}
