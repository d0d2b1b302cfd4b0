import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { YuvPlanes } from '../render/planes.ts';
import { samplePath, sampleScene } from '../testing/samples.ts';
import { effects } from './index.ts';
import { findPlace, type Place } from './place.ts';
import { shoot, toPlanes } from './testing/shoot.ts';

const size = { width: 240, height: 160 };
const mirroredPlace = (place: Place): Place => ({ ...place, x: 1 - place.x });

async function load(name: string, mirrored = false): Promise<YuvPlanes> {
  const picture = sharp(samplePath(name)).resize(size.width, size.height, { fit: 'cover' }).removeAlpha();
  return toPlanes(new Uint8Array(await picture.flop(mirrored).raw().toBuffer()), size);
}

const mirror = (bytes: Uint8Array, width: number) =>
  Uint8Array.from(bytes, (_, at) => bytes[at - (at % width) + width - 1 - (at % width)]!);

/** Mean absolute difference in steps of luma. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;
}

/** Where two frames differ, as a mean of positions in fractions of the width. */
function middleOfChange(a: Uint8Array, b: Uint8Array, width: number): number {
  let mass = 0;
  let sum = 0;
  a.forEach((value, at) => {
    const change = Math.abs(value - b[at]!);
    mass += change;
    sum += change * ((at % width) / width);
  });
  return sum / mass;
}

/** Moments at which every effect is in the middle of its action. */
const busy = [1.3, 2, 2.8];
/** A subject a little right of the middle, and the same left of it. */
const place: Place = { x: 0.62, y: 0.5, halfWidth: 0.25, halfHeight: 0.25, isFound: true };

let picture: YuvPlanes;
let flipped: YuvPlanes;
beforeAll(async () => {
  picture = await load('sunset.jpg');
  flipped = await load('sunset.jpg', true);
});

describe.each(effects.map((effect) => [effect.name, effect] as const))('%s', (_, { code, events }) => {
  test('begins with the picture itself', () => {
    const [first] = shoot({ code, picture, place }, [0]);
    const squares = first!.luma.reduce((sum, value, at) => sum + (value - picture.luma[at]!) ** 2, 0);
    const ratio = 10 * Math.log10(255 ** 2 / Math.max(1e-9, squares / first!.luma.length));
    console.log(`PSNR of frame 0: ${ratio.toFixed(1)} dB`);
    expect(ratio).toBeGreaterThan(45);
  });

  test('gives the same frames again, and a gentler action at less strength', () => {
    const times = [2.7, 4.7];
    const frames = shoot({ code, picture, place }, times);
    expect(shoot({ code, picture, place }, times)).toEqual(frames);
    const gentle = shoot({ code, picture, place, strength: 0.2 }, times);
    const changes = gentle.map((frame, at) => difference(frame.luma, frames[at]!.luma));
    expect(Math.max(...changes)).toBeGreaterThan(0.5);
  });

  test('does the mirrored thing with the mirrored picture', () => {
    const frames = shoot({ code, picture, place }, busy);
    const mirrored = shoot({ code, picture: flipped, place: mirroredPlace(place) }, busy);
    frames.forEach((frame, index) => {
      expect(difference(mirror(frame.luma, size.width), mirrored[index]!.luma)).toBeLessThan(1);
    });
  });

  test('goes where the subject goes', () => {
    const at = (x: number) => {
      const frames = shoot({ code, picture, place: { ...place, x } }, [...busy, 4.6]);
      return frames.map(({ luma }) => luma);
    };
    const [left, right] = [at(0.52), at(0.72)];
    const moved = left.map((luma, index) => difference(luma, right[index]!));
    console.log(`frames differ by ${moved.map((value) => value.toFixed(1)).join(', ')} steps`);
    expect(Math.max(...moved)).toBeGreaterThan(2);
  });

  test('has settled at the end, and does not end in the dark', () => {
    const [before, last] = shoot({ code, picture, place }, [4.8, 4.95]);
    expect(difference(before!.luma, last!.luma)).toBeLessThan(4);
    expect(last!.luma.reduce((sum, value) => sum + value, 0) / last!.luma.length).toBeGreaterThan(40);
  });

  test('has its events in order, within the action', () => {
    const times = events.map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.length).toBeGreaterThan(0);
    for (const time of times) expect(time).toBeLessThan(4.8);
  });
});

test('every effect differs from every other and from the picture', () => {
  const films = effects.map(({ code }) => shoot({ code, picture, place }, busy));
  const still = [picture, picture, picture];
  const rows = [still, ...films].map((a) =>
    films.map((b) =>
      a.reduce((sum, frame, at) => sum + difference(frame.luma, b[at]!.luma) / busy.length, 0),
    ),
  );
  const names = ['picture', ...effects.map(({ name }) => name)];
  console.log(
    rows
      .map(
        (row, at) => `${names[at]!.padEnd(11)} ${row.map((value) => value.toFixed(0).padStart(4)).join('')}`,
      )
      .join('\n'),
  );
  rows.forEach((row, a) => {
    row.forEach((value, b) => {
      if (a !== b + 1) expect(value).toBeGreaterThan(1.5);
    });
  });
});

describe('the place of the subject', () => {
  test.each([
    ['dogs.jpg', 0.47, 0.44, true],
    ['dandelions.jpg', 0.33, 0.36, true],
    ['sunset.jpg', 0.49, 0.56, true],
  ])('%s: it is where it stands', async (name, x, y, isFound) => {
    const found = findPlace(await sampleScene(name));
    console.log(name, found);
    expect(found.isFound).toBe(isFound);
    expect(Math.abs(found.x - x)).toBeLessThan(0.06);
    expect(Math.abs(found.y - y)).toBeLessThan(0.06);
  });

  test('a mountain stream has none, and the effect takes its middle', async () => {
    const found = findPlace(await sampleScene('stream.jpg'));
    expect(found.isFound).toBe(false);
    expect(Math.hypot(found.x - 0.5, found.y - 0.5)).toBeLessThan(0.2);
  });
});

test.each(['Burn', 'Freeze'])('%s spares what stands above the subject’s middle: its face', (name) => {
  const { code } = effects.find((effect) => effect.name === name)!;
  const middle: Place = { x: 0.5, y: 0.5, halfWidth: 0.25, halfHeight: 0.25, isFound: true };
  const even = toPlanes(new Uint8Array(3 * size.width * size.height).fill(150), size);
  const changed = { above: 0, below: 0 };
  for (const seed of [1, 2, 3, 4]) {
    const [last] = shoot({ code, picture: even, place: middle, seed }, [4.8]);
    last!.luma.forEach((value, at) => {
      const row = Math.floor(at / size.width) / size.height;
      const isNear = Math.abs((at % size.width) / size.width - 0.5) < 0.12 && Math.abs(row - 0.5) < 0.42;
      if (isNear && Math.abs(value - even.luma[at]!) > 20) changed[row < 0.5 ? 'above' : 'below']++;
    });
  }
  console.log(`${name}: ${changed.above} points changed above, ${changed.below} below`);
  expect(changed.above).toBeLessThan(0.8 * changed.below);
});

test('strength beyond its range is refused', () => {
  const { code } = effects[0]!;
  for (const strength of [-0.1, 1.1, Number.NaN]) {
    expect(() => shoot({ code, picture, place, strength }, [0])).toThrow('strength is 0 to 1');
  }
});

test('a longer clip shows the picture first, and the same action after it', () => {
  const { code } = effects[1]!;
  const [early, late] = shoot({ code, picture, place, seconds: 10 }, [1, 1.2 + 2]);
  const [same] = shoot({ code, picture, place }, [2]);
  expect(difference(early!.luma, picture.luma)).toBeLessThan(0.1);
  expect(difference(late!.luma, same!.luma)).toBeLessThan(2.5);
});

test('a change left of the middle is left of the middle', () => {
  const squished = effects.find(({ name }) => name === 'Squish')!;
  const middle = (x: number) => {
    const [frame] = shoot({ code: squished.code, picture, place: { ...place, x } }, [2.2]);
    return middleOfChange(frame!.luma, picture.luma, size.width);
  };
  expect(middle(0.66) - middle(0.34)).toBeGreaterThan(0.1);
});
