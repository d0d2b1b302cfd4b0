import { createLattice, fractalNoise, smoothNoise } from '../pixels/noise.ts';
import { fillPlane, planeAt } from '../pixels/plane.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import { feather } from '../render/region-detail.ts';
import type { Motion } from './motion.ts';

/** Depth that is trusted less than this does not say where the distance is. */
const LEAST_CONFIDENCE = 0.5;

/** Banks of fog drift through the distance, where land meets the sky. */
export const fog: Motion = {
  kind: 'fog',
  phrases: 'fog,foggy,mist,misty,haze,hazy'.split(','),
  needs: 'land in the distance',
  isAmbient: false,
  find({ depth, disparity, refine, image }, wish, seed) {
    const { horizon } = depth;
    if (!depth.sky || horizon === null || horizon > 0.85 || depth.confidence < LEAST_CONFIDENCE) return [];
    const sky = refine(depth.sky);
    const { width, height } = image;
    // Thickest where land is far; it rises a little into the sky and thins out towards the viewer.
    const distance = fillPlane(width, height, (_, y, pixel) => {
      const below = smoothstep(0.55, 0.05, disparity.values[pixel]!) * (1 - sky.values[pixel]!);
      const above = 0.7 * sky.values[pixel]! * smoothstep(horizon - 0.16, horizon, y);
      return Math.max(below * smoothstep(horizon - 0.25, horizon, y), above);
    });
    const lattice = createLattice(seed);
    const aspect = width / height;
    const texture = fillPlane(width, height, (x, y, pixel) => {
      const away = 1 / (0.15 + Math.abs(y - horizon));
      const bank = fractalNoise(x * aspect * 2.2, (y - horizon) * 9 + away * 0.1, lattice);
      // It is as bright as the air behind it, and never burns out.
      const room = smoothstep(0.85, 0.25, image.green[pixel]!);
      return smoothstep(0.3, 0.75, bank) * room * planeAt(distance, x, y);
    });
    const direction = wish.direction === 'left' ? -1 : 1;
    const speed = direction * (0.012 + 0.02 * wish.strength);
    return [
      {
        type: 'flow',
        matte: feather(
          { ...distance, values: distance.values.map((value) => smoothstep(0, 0.5, value)) },
          1 / 80,
        ),
        velocityX: fillPlane(2, 32, (_, y) => speed * (0.5 + 2 * Math.abs(y - horizon))),
        velocityY: fillPlane(2, 2, () => 0),
        phase: smoothNoise(width, height, 4, seed),
        period: 8,
        reach: 0.05,
        flicker: 0,
        paint: { texture, lift: [60 + 80 * wish.strength, 1, -2] },
      },
    ];
  },
};
