import { describe, expect, it } from 'vitest';
import { addLooks, colourTable, plain } from './grade.ts';
import { grades } from './index.ts';

const wish = (kind: string, strength = 0.5) => ({ kind, strength, why: 'test' });
/** What comes in flashes: how far it may jump from one frame to the next. */
const sudden: Record<string, number> = { flicker: 0.5, lightning: 2.4 };
const named = (kind: string) => grades.find((grade) => grade.kind === kind)!;

describe('a colour table', () => {
  it('changes nothing when nothing is to change', () => {
    const { luma, chroma } = colourTable(plain);
    for (let value = 16; value <= 235; value++) expect(luma[value]).toBe(value);
    expect(chroma).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('never turns a darker value into a lighter one than its neighbour', () => {
    for (const exposure of [0.3, 0.8, 1.7]) {
      const { luma } = colourTable({ ...plain, exposure, contrast: 1.1 });
      for (let value = 1; value < 256; value++) expect(luma[value]).toBeGreaterThanOrEqual(luma[value - 1]!);
    }
  });

  it('adds looks one after the other', () => {
    const warm = { ...plain, red: 10 };
    expect(addLooks(warm, { ...plain, saturation: 0 }).red).toBe(0);
    expect(addLooks({ ...plain, saturation: 0 }, warm).red).toBe(10);
  });
});

describe.each(grades.map((grade) => [grade.kind, grade] as const))('%s', (kind, grade) => {
  it('changes colours, steadily from frame to frame', () => {
    const look = grade.create(wish(kind), 7);
    let before = look({ progress: 0, seconds: 0 });
    let changed = false;
    for (let frame = 1; frame <= 120; frame++) {
      const now = look({ progress: frame / 120, seconds: frame / 24 });
      expect(Math.abs(now.exposure - before.exposure)).toBeLessThan(sudden[kind] ?? 0.04);
      expect(Math.abs(now.blue - before.blue)).toBeLessThan(kind in sudden ? 9 : 2);
      changed ||= JSON.stringify(now) !== JSON.stringify(plain);
      before = now;
    }
    expect(changed).toBe(true);
  });
});

it('begins with the picture’s own colours, but for what is black and white', () => {
  for (const grade of grades) {
    const first = grade.create(wish(grade.kind), 7)({ progress: 0, seconds: 0 });
    if (/blackAndWhite|toColour/.test(grade.kind)) expect(first.saturation).toBe(0);
    else expect(first).toEqual(plain);
  }
});

it('makes night dark and blue, sunset golden', () => {
  const end = { progress: 1, seconds: 5 };
  const night = named('dayToNight').create(wish('dayToNight'), 1)(end);
  expect(night.exposure).toBeLessThan(0.5);
  expect(night.blue).toBeGreaterThan(5);
  expect(named('sunset').create(wish('sunset'), 1)(end).blue).toBeLessThan(-10);
});

it('never flashes more than three times in a second', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const look = named('lightning').create(wish('lightning', 1), seed);
    const flashes: number[] = [];
    for (let frame = 1; frame < 240; frame++) {
      const rise =
        look({ progress: 0, seconds: frame / 24 }).exposure -
        look({ progress: 0, seconds: (frame - 1) / 24 }).exposure;
      if (rise > 0.1) flashes.push(frame / 24);
    }
    expect(flashes.length).toBeGreaterThan(3);
    for (const start of flashes) {
      expect(flashes.filter((at) => at >= start && at < start + 1).length).toBeLessThanOrEqual(3);
    }
  }
});
