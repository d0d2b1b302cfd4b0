import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Plane } from '../pixels/plane.ts';
import type { Scene } from '../scene.ts';
import { sampleScene } from '../testing/samples.ts';
import { findRegions } from './find-regions.ts';
import { motions } from './index.ts';
import type { FlowRegion, MovingRegion, SwayRegion } from './region.ts';

let stream: Scene;
let dandelions: Scene;
let sunset: Scene;
let dogs: Scene;
beforeAll(async () => {
  [stream, dandelions, sunset, dogs] = (await Promise.all(
    ['stream.jpg', 'dandelions.jpg', 'sunset.jpg', 'dogs.jpg'].map(sampleScene),
  )) as [Scene, Scene, Scene, Scene];
});

const find = (scene: Scene, kind: string, strength = 0.5): MovingRegion[] =>
  findRegions(scene, [{ kind, strength, why: 'prompt: "test"' }], 1).regions;
const flow = (scene: Scene, kind: string) =>
  find(scene, kind).find((region) => region.type === 'flow') as FlowRegion;

/** Share of the region that lies in a rectangle given in fractions, and share of the rectangle that is in the region. */
function inside({ matte }: FlowRegion, left: number, top: number, right: number, bottom: number) {
  let total = 0;
  let within = 0;
  let area = 0;
  matte.values.forEach((value, pixel) => {
    const x = ((pixel % matte.width) + 0.5) / matte.width;
    const y = (Math.floor(pixel / matte.width) + 0.5) / matte.height;
    const isIn = x > left && x < right && y > top && y < bottom;
    total += value;
    if (isIn) area++;
    if (isIn) within += value;
  });
  return { share: within / total, cover: within / area };
}

describe('water', () => {
  it('is found in the bed of the stream, and runs down it', () => {
    const region = flow(stream, 'water');
    const { share } = inside(region, 0.2, 0.35, 0.75, 1);
    console.log(`${(100 * share).toFixed(0)} % of the water lies in the bed`);
    expect(share).toBeGreaterThan(0.95);
    expect(region.velocityY.values.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0);
  });

  it('is reported where there is none, and not faked', () => {
    for (const scene of [dogs, dandelions]) {
      const {
        regions,
        motions: kept,
        missing,
      } = findRegions(scene, [{ kind: 'water', strength: 0.5, why: 'prompt: "water"' }], 1);
      expect(regions).toEqual([]);
      expect(kept).toEqual([]);
      expect(missing).toEqual([{ kind: 'water', needs: 'water' }]);
    }
  });
});

describe('clouds', () => {
  it('are given to a clear sky, in the sky alone and not over the sun', () => {
    const region = flow(sunset, 'clouds');
    expect(region.paint).toBeDefined();
    expect(inside(region, 0, 0, 1, 0.5).share).toBeGreaterThan(0.99);
    expect(inside(region, 0.47, 0.38, 0.53, 0.44).cover).toBeLessThan(0.1);
  });

  it('are not in a picture without sky', () => {
    expect(find(dogs, 'clouds')).toEqual([]);
    expect(find(stream, 'clouds')).toEqual([]);
  });

  it('go the way that the words say', () => {
    const wish = { kind: 'clouds', strength: 0.5, why: 'test' };
    const speed = (direction: 'left' | 'right') =>
      (findRegions(sunset, [{ ...wish, direction }], 1).regions[0] as FlowRegion).velocityX.values[0]!;
    expect(speed('left')).toBeLessThan(0);
    expect(speed('right')).toBeGreaterThan(0);
  });
});

describe('plants', () => {
  it('sway in a meadow, at most by 2 % of the width, and more the stronger the wind', () => {
    const reach = (strength: number) => {
      const regions = find(dandelions, 'plants', strength) as SwayRegion[];
      return Math.max(
        ...regions.map(({ reachX }) => reachX.values.reduce((most, value) => Math.max(most, value), 0)),
      );
    };
    console.log(`reach: gentle ${reach(0.25).toFixed(4)}, storm ${reach(1).toFixed(4)} of the width`);
    expect(reach(0.25)).toBeGreaterThan(0.001);
    expect(reach(1)).toBeGreaterThan(2 * reach(0.25));
    expect(reach(1)).toBeLessThan(0.02);
  });

  it('are not found on a house', () => {
    expect(find(dogs, 'plants')).toEqual([]);
  });
});

describe('every motion', () => {
  it('answers planes without a hole in them, for every sample, and the same for the same seed', () => {
    for (const scene of [stream, dandelions, sunset, dogs]) {
      for (const motion of motions) {
        const wish = { kind: motion.kind, strength: 0.7, why: 'test' };
        const regions = motion.find(scene, wish, 5);
        const planes = regions.flatMap((region) =>
          Object.values(region).filter(
            (value): value is Plane => typeof value === 'object' && 'values' in value,
          ),
        );
        for (const { values } of planes) expect(values.every(Number.isFinite), motion.kind).toBe(true);
        expect(isDeepStrictEqual(motion.find(scene, wish, 5), regions), motion.kind).toBe(true);
      }
    }
  });

  it('has a name of its own', () => {
    expect(new Set(motions.map(({ kind }) => kind)).size).toBe(motions.length);
  });
});
