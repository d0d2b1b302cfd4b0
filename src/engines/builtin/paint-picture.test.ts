import { describe, expect, test } from 'vitest';
import { clouds } from '../../picture/motions/clouds.ts';
import type { FlowRegion } from '../../picture/motions/region.ts';
import { paintScene } from '../../picture/scenes/paint-scene.ts';
import { readPainting } from './paint-picture.ts';

const size = { width: 320, height: 180 };

describe('the clouds of a painting', () => {
  const painted = paintScene('Desert dunes at golden hour', { ...size, seed: 3 })!;
  const scene = readPainting(painted, painted.image, painted.image);
  const [drift] = clouds.find(scene, { kind: 'clouds', strength: 1, why: 'test' }, 1);
  const { width, height, values } = (drift as FlowRegion).matte;

  /** The most that drifts within so many pixels of where a mask is set. */
  const mostNear = (mask: Float32Array, reach: number): number => {
    let most = 0;
    for (let y = reach; y < height - reach; y++) {
      for (let x = reach; x < width - reach; x++) {
        if (mask[y * width + x]! < 0.5) continue;
        for (let dx = -reach; dx <= reach; dx++) {
          for (let dy = -reach; dy <= reach; dy++) {
            most = Math.max(most, values[(y + dy) * width + x + dx]!);
          }
        }
      }
    }
    return most;
  };

  test('drift in the sky', () => {
    expect(Math.max(...values)).toBeGreaterThan(0.9);
  });

  test('carry no outline of the dunes away', () => {
    expect([width, height]).toEqual([size.width, size.height]);
    expect(mostNear(painted.masks.land!, 1)).toBeLessThan(0.05);
  });

  test('carry no shine of the sun away', () => {
    expect(mostNear(painted.masks.light!, 5)).toBeLessThan(0.05);
  });
});
