import { findComponents } from '../pixels/components.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { fillPlane } from '../pixels/plane.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import { feather } from '../render/region-detail.ts';
import type { Scene } from '../scene.ts';
import type { Motion } from './motion.ts';

/** Flames lick upwards, and their light comes and goes. */
export const fire: Motion = {
  kind: 'fire',
  phrases: 'fire,flame,campfire,bonfire,fireplace,torch,candle,burning,blaze,lava'.split(','),
  needs: 'a fire',
  isAmbient: false,
  find(scene, wish, seed) {
    const flames = findFlames(scene);
    if (!flames) return [];
    const { image } = scene;
    const mask = scene.refine(flames);
    const speed = 0.04 + 0.1 * wish.strength;
    const wander = smoothNoise(image.width, image.height, 14, seed);
    return [
      {
        type: 'flow',
        matte: feather(mask, 1 / 250),
        velocityX: { ...wander, values: wander.values.map((value) => (value - 0.5) * speed) },
        velocityY: fillPlane(2, 2, () => -speed),
        phase: smoothNoise(image.width, image.height, 14, seed + 1),
        period: 0.5,
        reach: 0.03,
        flicker: 0.3 + 0.4 * wish.strength,
      },
    ];
  },
};

/** Bright, redder than green, and greener than blue, 0–1 at the size of the view; null when there is too little or too much. */
export function findFlames({ view, depth, known }: Scene): Float32Array | null {
  if (known.fire) return known.fire;
  const { width, height } = view;
  const { red, green, blue } = view.image;
  const hot = red.map((value, pixel) => {
    const glow = smoothstep(0.7, 0.9, value) * smoothstep(0.25, 0.5, value - blue[pixel]!);
    return glow * smoothstep(-0.02, 0.08, value - green[pixel]!) * (1 - (depth.sky?.[pixel] ?? 0));
  });
  const { labels, parts } = findComponents(hot, width, height);
  const kept = hot.map((value, pixel) =>
    (parts[labels[pixel]! - 1]?.area ?? 0) > 0.0004 * width * height ? value : 0,
  );
  const area = kept.reduce((sum, value) => sum + value, 0) / (width * height);
  return area < 0.001 || area > 0.3 ? null : kept;
}
