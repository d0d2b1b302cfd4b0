import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { paint } from '../depth/testing/paint.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import { readScene, type Scene } from '../scene.ts';
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

/** Sand to the horizon, at 45 % of the height, under a blue sky: no sample has any. */
const sandAt = (width: number, height: number) =>
  paint(width, height, (_, y, random) => {
    const sky = y / (0.45 * height);
    if (sky < 1) return [0.35 + 0.4 * sky, 0.55 + 0.3 * sky, 0.85 + 0.05 * sky];
    const grain = 0.05 * random();
    return [0.8 + grain, 0.65 + grain, 0.45 + grain];
  });
const sand = readScene(sandAt(384, 216), sandAt(640, 360));

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

describe('heat haze', () => {
  /** The farthest way across that all waves together bend a place, in pixels of a video of 1280 × 720. */
  const bend = (scene: Scene, x: number, y: number) =>
    1280 *
    (find(scene, 'heatHaze') as SwayRegion[]).reduce(
      (sum, { reachX }) => sum + Math.abs(planeAt(reachX, x, y)),
      0,
    );

  it('bends what lies at the horizon by a pixel or two, fades upwards, and leaves what is near', () => {
    const ways = [0.1, 0.35, 0.44, 0.55, 0.8].map((y) => bend(sand, 0.5, y));
    console.log(`at the horizon up to ${ways[2]!.toFixed(1)} px`);
    expect(ways[2]).toBeGreaterThan(1);
    expect(ways[2]).toBeLessThan(4);
    expect(ways[1]).toBeGreaterThan(0);
    expect(ways[1]).toBeLessThan(0.6 * ways[2]!);
    expect(ways[3]).toBeLessThan(ways[2]!);
    expect([ways[0], ways[4]]).toEqual([0, 0]);
  });

  it('rises', () => {
    for (const { phase } of find(sand, 'heatHaze') as SwayRegion[]) {
      expect(planeAt(phase, 0.5, 0.45)).toBeGreaterThan(planeAt(phase, 0.5, 0.35) + Math.PI);
    }
  });

  it('rises from a fire', () => {
    const { width, height } = stream.view;
    const fire = new Float32Array(width * height);
    for (let y = Math.round(0.6 * height); y < 0.8 * height; y++)
      fire.fill(1, Math.round((y + 0.4) * width), Math.round((y + 0.6) * width));
    const lit = { ...stream, known: { fire } };
    expect(bend(lit, 0.5, 0.55)).toBeGreaterThan(bend(lit, 0.5, 0.4));
    expect(bend(lit, 0.5, 0.4)).toBeGreaterThan(0);
    expect(bend(lit, 0.2, 0.55)).toBe(0);
  });

  it('is reported where nothing is hot: among leaves and walls, and where only the sun is low', () => {
    for (const scene of [stream, dandelions, sunset, dogs]) {
      const { regions, missing } = findRegions(scene, [{ kind: 'heatHaze', strength: 0.5, why: 'test' }], 1);
      expect(regions).toEqual([]);
      expect(missing).toEqual([{ kind: 'heatHaze', needs: 'dry ground in the distance, or a fire,' }]);
    }
  });
});

describe('every motion', () => {
  it('answers planes without a hole in them, for every sample, and the same for the same seed', () => {
    for (const scene of [stream, dandelions, sunset, dogs, sand]) {
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
