import { describe, expect, test } from 'vitest';
import type { Region, Veil } from './canvas/canvas.ts';
import type { PaintedScene } from './paint-plan.ts';
import { paintScene } from './paint-scene.ts';

// Every word has to be seen in the region that it names, and not only in the plan.

const paint = (prompt: string): PaintedScene => paintScene(prompt, { width: 240, height: 135, seed: 5 })!;

/** Mean red, green and blue of a region. */
function meanOf({ image, masks }: PaintedScene, region: Region | 'all'): [number, number, number] {
  const sum = [0, 0, 0];
  let weight = 0;
  for (let pixel = 0; pixel < image.red.length; pixel++) {
    const share = region === 'all' ? 1 : (masks[region]?.[pixel] ?? 0);
    weight += share;
    sum[0]! += image.red[pixel]! * share;
    sum[1]! += image.green[pixel]! * share;
    sum[2]! += image.blue[pixel]! * share;
  }
  return [sum[0]! / weight, sum[1]! / weight, sum[2]! / weight];
}

const shareOf = ({ masks, image }: PaintedScene, name: Region | Veil): number =>
  (masks[name]?.reduce((sum, value) => sum + value, 0) ?? 0) / image.red.length;

const lightOf = (painted: PaintedScene, region: Region | 'all'): number => {
  const [red, green, blue] = meanOf(painted, region);
  return 0.3 * red + 0.6 * green + 0.1 * blue;
};

/** Standard deviation of the lightness of what is far, the sky included: what fog takes away. */
function farContrast({ image, disparity }: PaintedScene): number {
  const light = image.red
    .map((red, pixel) => 0.3 * red + 0.6 * image.green[pixel]! + 0.1 * image.blue[pixel]!)
    .filter((_, pixel) => disparity[pixel]! < 0.25);
  const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
  return Math.sqrt(light.reduce((sum, value) => sum + (value - mean) ** 2, 0) / light.length);
}

/** Mean distance of the channels from grey. */
function colourfulness({ image }: PaintedScene): number {
  let sum = 0;
  for (let pixel = 0; pixel < image.red.length; pixel++) {
    const channels = [image.red[pixel]!, image.green[pixel]!, image.blue[pixel]!];
    sum += Math.max(...channels) - Math.min(...channels);
  }
  return sum / image.red.length;
}

describe('a colour is seen where the words put it', () => {
  test.each<[string, string, Region, [number, number, number]]>([
    ['a lake at dawn', 'a lake at dawn under a green sky', 'sky', [-1, 1, 0]],
    ['a beach at noon', 'a beach at noon with red water', 'water', [1, 0, -1]],
    ['a meadow', 'a meadow with purple grass', 'foliage', [0, -1, 1]],
    ['a summer forest at noon', 'a summer forest at noon with golden leaves', 'foliage', [1, 0, -1]],
    ['dunes at noon', 'blue dunes at noon', 'land', [-1, 0, 1]],
    ['a coral reef', 'a coral reef in purple water', 'water', [1, -1, 0]],
    ['a nebula in deep space', 'a green nebula in deep space', 'sky', [-1, 1, 0]],
  ])('%s → %s', (plain, dyed, region, direction) => {
    const [before, after] = [meanOf(paint(plain), region), meanOf(paint(dyed), region)];
    const shift = direction.reduce(
      (sum, sign, channel) => sum + sign * (after[channel]! - before[channel]!),
      0,
    );
    console.log(`${dyed}: the ${region} shifts by ${(shift * 255).toFixed(0)} levels`);
    expect(shift).toBeGreaterThan(0.06);
  });
});

describe('time of day', () => {
  test('night is darker than dusk, dusk than day', () => {
    const [day, dusk, night] = ['at noon', 'at dusk', 'at night'].map((time) =>
      lightOf(paint(`a lake ${time}`), 'all'),
    );
    console.log(`day ${day!.toFixed(2)}, dusk ${dusk!.toFixed(2)}, night ${night!.toFixed(2)}`);
    expect(dusk).toBeLessThan(day! - 0.1);
    expect(night).toBeLessThan(dusk!);
  });

  test('a sunset sky is redder than a sky at noon', () => {
    const [red, , blue] = meanOf(paint('the sea at sunset'), 'sky');
    const [noonRed, , noonBlue] = meanOf(paint('the sea at noon'), 'sky');
    expect(red - blue).toBeGreaterThan(noonRed - noonBlue + 0.2);
  });

  test('there are stars by night alone', () => {
    expect(shareOf(paint('a meadow on a clear night'), 'light')).toBeGreaterThan(0.001);
    expect(shareOf(paint('a meadow on a clear day'), 'light')).toBe(0);
  });
});

test('each time of day gives the sky a light of its own', () => {
  const times = ['at dawn', 'at noon', 'at golden hour', 'at sunset', 'at dusk', 'at night'];
  const skies = times.map((time) => meanOf(paint(`the sea ${time}`), 'sky'));
  const apart = skies.flatMap((one, index) =>
    skies.slice(index + 1).map((other) => {
      const steps = one.map((value, channel) => value - other[channel]!);
      return Math.hypot(...steps);
    }),
  );
  console.log(`skies of six times differ by at least ${(255 * Math.min(...apart)).toFixed(0)} levels`);
  expect(Math.min(...apart)).toBeGreaterThan(0.04);
});

describe('weather', () => {
  test('a sandstorm fills the air with sand, where fog is grey', () => {
    const [red, , blue] = meanOf(paint('a sandstorm in the desert at noon'), 'sky');
    const [foggyRed, , foggyBlue] = meanOf(paint('a meadow in fog at noon'), 'sky');
    expect(red - blue).toBeGreaterThan(foggyRed - foggyBlue + 0.08);
  });

  test('fog takes the contrast away', () => {
    const [clear, fog] = [
      farContrast(paint('a river at noon, clear sky')),
      farContrast(paint('a river at noon in fog')),
    ];
    console.log(`contrast: clear ${clear.toFixed(3)}, fog ${fog.toFixed(3)}`);
    expect(fog).toBeLessThan(clear * 0.8);
  });

  test('a storm darkens the sky', () => {
    expect(lightOf(paint('the sea at noon, storm'), 'sky')).toBeLessThan(
      lightOf(paint('the sea at noon'), 'sky') - 0.1,
    );
  });

  test('clouds cover more of the sky than a clear day has', () => {
    expect(shareOf(paint('a cloudy meadow'), 'cloud')).toBeGreaterThan(
      1.3 * shareOf(paint('a meadow without clouds'), 'cloud'),
    );
  });
});

describe('season', () => {
  test('fields that ripen in summer stand in summer', () => {
    for (const field of ['a wheat field', 'sunflowers', 'a lavender field']) {
      expect(paint(field).plan.season, field).toBe('summer');
    }
  });

  test('winter whitens the ground', () => {
    const [summer, winter] = [
      meanOf(paint('a meadow in summer'), 'land'),
      meanOf(paint('a meadow in winter'), 'land'),
    ];
    const spread = (channels: readonly number[]) => Math.max(...channels) - Math.min(...channels);
    expect(spread(winter)).toBeLessThan(spread(summer) * 0.6);
    expect(winter[2]).toBeGreaterThan(summer[2] + 0.2);
  });

  test('autumn turns the leaves', () => {
    const [red, green] = meanOf(paint('an autumn forest'), 'foliage');
    const [summerRed, summerGreen] = meanOf(paint('a forest in summer'), 'foliage');
    expect(red - green).toBeGreaterThan(summerRed - summerGreen + 0.03);
  });
});

describe('mood', () => {
  const plain = paint('a lake at noon');

  test('warm and cold shift the whole picture', () => {
    const balance = (painted: PaintedScene) => meanOf(painted, 'all')[0] - meanOf(painted, 'all')[2];
    expect(balance(paint('a lake at noon, warm'))).toBeGreaterThan(balance(plain) + 0.04);
    expect(balance(paint('a lake at noon, cold'))).toBeLessThan(balance(plain) - 0.04);
  });

  test('vivid, pastel and monochrome set the colourfulness', () => {
    const own = colourfulness(plain);
    expect(colourfulness(paint('a vivid lake at noon'))).toBeGreaterThan(own * 1.1);
    expect(colourfulness(paint('a lake at noon, pastel colors'))).toBeLessThan(own * 0.8);
    expect(colourfulness(paint('a lake at noon, black and white'))).toBeLessThan(0.03);
  });

  test('gloomy is darker, cheerful lighter', () => {
    expect(lightOf(paint('a gloomy lake at noon'), 'all')).toBeLessThan(lightOf(plain, 'all') - 0.04);
    expect(lightOf(paint('a cheerful lake at noon'), 'all')).toBeGreaterThan(lightOf(plain, 'all') + 0.02);
  });
});

describe('small things', () => {
  test.each([
    ['a forest at dusk', 'a forest at dusk with fireflies', 'light'],
    ['the city at night', 'fireworks over the city at night', 'light'],
    ['a storm over the meadow', 'lightning over the meadow', 'light'],
  ] as const)('%s → %s', (plain, more, name) => {
    expect(shareOf(paint(more), name)).toBeGreaterThan(shareOf(paint(plain), name) + 0.0005);
  });

  test('a boat stands on the water', () => {
    const sailed = paint('a sailboat on the sea at noon');
    expect(sailed.masks.building!.filter((share) => share > 0.5).length).toBeGreaterThan(10);
    expect(paint('the sea at noon').masks.building).toBeUndefined();
  });
});
