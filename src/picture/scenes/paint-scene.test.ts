import { describe, expect, test } from 'vitest';
import { boxMean } from '../pixels/box.ts';
import { regions } from './canvas/canvas.ts';
import { scenes } from './index.ts';
import { type PaintedScene, paintPlan } from './paint-plan.ts';
import { canPaint, paintScene, sceneNames, unpaintable } from './paint-scene.ts';
import type { ScenePlan } from './plan.ts';
import type { Scene } from './scene.ts';

const planOf = (scene: Scene): ScenePlan => ({
  scene: scene.name,
  time: scene.time,
  weather: scene.weather,
  season: scene.season,
  mood: [],
  palette: [],
  features: [],
  why: [],
});

const paintOwn = (scene: Scene, width: number, height: number, seed: number): PaintedScene =>
  paintPlan(scene, planOf(scene), { width, height, seed });

function lightness({ image }: PaintedScene): Float32Array {
  return image.red.map((red, pixel) => 0.3 * red + 0.6 * image.green[pixel]! + 0.1 * image.blue[pixel]!);
}

/** The mean lightness of each cell of a grid that is laid over the picture. */
function cells(painted: PaintedScene, columns: number, rows: number): number[] {
  const { width, height } = painted.image;
  const smooth = boxMean(lightness(painted), width, height, Math.floor(width / columns / 2));
  return Array.from({ length: columns * rows }, (_, cell) => {
    const x = Math.floor((((cell % columns) + 0.5) * width) / columns);
    const y = Math.floor(((Math.floor(cell / columns) + 0.5) * height) / rows);
    return smooth[y * width + x]!;
  });
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  let both = 0;
  let ones = 0;
  let others = 0;
  one.forEach((value, index) => {
    both += (value - a) * (other[index]! - b);
    ones += (value - a) ** 2;
    others += (other[index]! - b) ** 2;
  });
  return both / Math.sqrt(ones * others);
}

function difference(one: PaintedScene, other: PaintedScene): number {
  let sum = 0;
  for (const plane of ['red', 'green', 'blue'] as const) {
    one.image[plane].forEach((value, pixel) => {
      sum += Math.abs(value - other.image[plane][pixel]!);
    });
  }
  return sum / (3 * one.image.red.length);
}

describe.each(scenes.map((scene) => [scene.name, scene] as const))('%s', (_, scene) => {
  const painted = paintOwn(scene, 192, 108, 7);

  test('has numbers everywhere, regions that sum to one, and something near', () => {
    const count = 192 * 108;
    for (const plane of [painted.image.red, painted.image.green, painted.image.blue, painted.disparity]) {
      expect(plane.length).toBe(count);
      expect(plane.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    const sums = new Float32Array(count);
    for (const name of regions) {
      painted.masks[name]?.forEach((value, pixel) => {
        sums[pixel]! += value;
      });
    }
    expect(Math.min(...sums)).toBeGreaterThan(0.99);
    expect(Math.max(...sums)).toBeLessThan(1.01);
    // A nebula without a planet is all sky.
    const isAllSky = painted.masks.sky?.every((share) => share > 0.99) ?? false;
    expect(Math.max(...painted.disparity)).toBeCloseTo(isAllSky ? 0 : 1, 5);
    painted.masks.sky?.forEach((share, pixel) => {
      if (share > 0.99) expect(painted.disparity[pixel]).toBe(0);
    });
  });

  test('is the same for the same seed, and another picture for another', () => {
    const again = paintOwn(scene, 192, 108, 7);
    expect(again.image).toEqual(painted.image);
    expect(again.disparity).toEqual(painted.disparity);
    const other = difference(painted, paintOwn(scene, 192, 108, 8));
    console.log(`${scene.name}: two seeds differ by ${(other * 255).toFixed(1)} levels a pixel`);
    expect(other).toBeGreaterThan(0.02);
  });

  test('is the same picture at another size', () => {
    const larger = paintOwn(scene, 320, 180, 7);
    const match = correlation(cells(painted, 32, 18), cells(larger, 32, 18));
    console.log(`${scene.name}: correlation of 192 × 108 with 320 × 180: ${match.toFixed(3)}`);
    expect(match).toBeGreaterThan(0.9);
  });

  test('fills an upright and a square sheet', () => {
    for (const [width, height] of [
      [81, 144],
      [108, 108],
    ] as const) {
      const { image } = paintOwn(scene, width, height, 7);
      expect(image.red.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(image.red.length).toBe(width * height);
    }
  });
});

test('lists at least fifteen scenes, each with a name of its own', () => {
  expect(sceneNames.length).toBeGreaterThanOrEqual(15);
  expect(new Set(sceneNames).size).toBe(sceneNames.length);
});

test('paints what a prompt names, with the words that chose it', () => {
  const painted = paintScene('Ocean waves crashing on shore at night', { width: 160, height: 90, seed: 1 })!;
  expect(painted.plan).toMatchObject({ scene: 'sea', time: 'night', features: ['big waves'] });
  expect(painted.plan.why).toContain('time night: "night"');
  expect(painted.masks.water!.some((share) => share === 1)).toBe(true);
});

test('paints nothing when a prompt names no place', () => {
  for (const prompt of [
    '',
    'hello',
    'a toaster',
    'A cat playing piano',
    'a robot in the rain',
    'a teapot in the rain',
  ]) {
    expect(paintScene(prompt, { width: 32, height: 18, seed: 1 }), prompt).toBeUndefined();
    expect(canPaint(prompt), prompt).toBe(false);
  }
});

test('paints the place without what cannot be painted, and names that', () => {
  expect(canPaint('A dog runs along the beach')).toBe(true);
  expect(unpaintable('A dog runs along the beach')).toEqual(['dog']);
  expect(unpaintable('A beach with no dogs')).toEqual([]);
});

describe('the sky has no bands', () => {
  test.each(['night sky', 'sea'])('%s: neighbouring levels interleave', (name) => {
    const scene = scenes.find((candidate) => candidate.name === name)!;
    const { image } = paintPlan(
      scene,
      { ...planOf(scene), weather: 'fog' },
      { width: 320, height: 180, seed: 3 },
    );
    let changes = 0;
    let longest = 0;
    for (let row = 2; row < 60; row++) {
      let run = 0;
      for (let column = 1; column < 320; column++) {
        const level = Math.round(image.blue[row * 320 + column]! * 255);
        const isSame = level === Math.round(image.blue[row * 320 + column - 1]! * 255);
        run = isSame ? run + 1 : 0;
        if (!isSame) changes++;
        longest = Math.max(longest, run);
      }
    }
    const share = changes / (58 * 319);
    console.log(`${name}: ${(share * 100).toFixed(0)} % of neighbours differ; longest run ${longest} pixels`);
    expect(share).toBeGreaterThan(0.4);
    expect(longest).toBeLessThan(24);
  });
});
