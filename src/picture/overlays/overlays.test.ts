import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { compiledPath } from '../../compiled.ts';
import { createKernel } from '../render/kernel.ts';
import { createKernelMemory, frameView, kernelLayout } from '../render/layout.ts';
import { drawSprite, type Shape, yuv } from './draw-sprite.ts';
import { overlays } from './index.ts';
import type { Moment, Overlay } from './overlay.ts';

const module = new WebAssembly.Module(readFileSync(compiledPath('../render/warp.wasm', import.meta.url)));
const GREY = 90;
const LIGHT = 200;
const pose = { zoom: 1, roll: 0, shiftX: 0, shiftY: 0, truckX: 0, truckY: 0, dolly: 0, pivot: 0 };

/** Middle grey with points of light, as of a town: something for what makes lights twinkle. */
function town(width: number, height: number, stride: number): Uint8Array {
  const luma = new Uint8Array(stride * height).fill(GREY);
  const side = Math.max(1, Math.round(height / 240));
  for (let point = 0; point < 60; point++) {
    const left = Math.round((0.03 + 0.94 * ((point * 0.618) % 1)) * width);
    const top = Math.round((0.05 + 0.9 * ((point * 0.381) % 1)) * height);
    for (let row = top; row < top + side; row++) {
      luma.fill(LIGHT, row * stride + left, row * stride + left + side);
    }
  }
  return luma;
}

/** Draws an overlay over it and answers the frame. */
function paint(
  overlay: Overlay,
  more: Partial<Moment> & { height?: number; strength?: number; seed?: number } = {},
) {
  const { height = 360, strength = 0.5, seed = 3, ...moment } = more;
  const size = { width: (height * 16) / 9, height };
  const layout = kernelLayout({ width: 32, height: 32 }, size, 1);
  const memory = createKernelMemory(layout);
  const frame = frameView(memory, layout, 0);
  const before = town(size.width, size.height, layout.stride);
  frame.luma.set(before);
  frame.blueChroma.fill(128);
  frame.redChroma.fill(128);
  const painter = overlay.create(
    { kind: overlay.kind, strength, why: 'test' },
    { seed, aspectRatio: 16 / 9 },
  );
  painter({
    seconds: 1.9,
    share: 1,
    pose,
    frame,
    kernel: createKernel(module, memory, layout),
    place: 0,
    nearnessAt: () => 0,
    sun: { x: 0.4, y: 0.3 },
    ...moment,
  });
  const luma = Uint8Array.from(frame.luma);
  return { ...size, luma, change: meanChange(luma, before), blue: Uint8Array.from(frame.blueChroma) };
}

const meanChange = (luma: Uint8Array, before: Uint8Array) =>
  luma.reduce((sum, value, pixel) => sum + Math.abs(value - before[pixel]!), 0) / luma.length;

describe.each(overlays.map((overlay) => [overlay.kind, overlay] as const))('%s', (kind, overlay) => {
  it('is seen, moves, and is the same for the same seed', () => {
    const { luma, change } = paint(overlay);
    console.log(`${kind}: changes luma by ${change.toFixed(2)} steps on average`);
    expect(change).toBeGreaterThan(kind === 'twinkle' ? 0.01 : 0.04);
    expect(paint(overlay, { seconds: 2.4 }).luma).not.toEqual(luma);
    expect(paint(overlay).luma).toEqual(luma);
  });

  it('sets in from nothing', () => {
    expect(paint(overlay, { share: 0 }).change).toBe(0);
  });

  it('looks alike at every resolution', () => {
    const small = paint(overlay, { height: 540 }).change;
    const large = paint(overlay, { height: 1080 }).change;
    expect(large / small).toBeGreaterThan(0.6);
    expect(large / small).toBeLessThan(1.7);
  });
});

describe('particles', () => {
  const named = (kind: string) => overlays.find((overlay) => overlay.kind === kind)!;

  it('are more where the words are stronger', () => {
    for (const kind of ['rain', 'snow', 'petals']) {
      const light = paint(named(kind), { strength: 0.2 }).change;
      expect(paint(named(kind), { strength: 1 }).change).toBeGreaterThan(1.4 * light);
    }
  });

  it('vanish behind what is nearer, except those right before the lens', () => {
    const free = paint(named('snow')).change;
    const covered = paint(named('snow'), { nearnessAt: () => 1 }).change;
    expect(covered).toBeLessThan(0.8 * free);
    expect(covered).toBeGreaterThan(0);
  });

  it('move against the camera', () => {
    const still = paint(named('snow')).luma;
    expect(paint(named('snow'), { pose: { ...pose, truckX: 0.2 } }).luma).not.toEqual(still);
  });

  it('have names and phrases of their own', () => {
    expect(new Set(overlays.map(({ kind }) => kind)).size).toBe(overlays.length);
    const phrases = overlays.flatMap((overlay) => overlay.phrases);
    expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
  });
});

describe('twinkle', () => {
  it('changes points of light and nothing else: neither what is even nor a bright edge', () => {
    const { luma, width, height } = paint(overlays.find(({ kind }) => kind === 'twinkle')!);
    const stride = luma.length / height;
    const before = town(width, height, stride);
    const changed = [...luma.keys()].filter((pixel) => luma[pixel] !== before[pixel]);
    expect(changed.length).toBeGreaterThan(30);
    expect(changed.every((pixel) => before[pixel] === LIGHT)).toBe(true);
    expect(changed.some((pixel) => luma[pixel]! > LIGHT)).toBe(true);
    expect(changed.some((pixel) => luma[pixel]! < LIGHT)).toBe(true);
  });
});

test.each(['soft', 'glow', 'glint', 'disc', 'leaf', 'paper', 'bubble'] satisfies Shape[])(
  'a %s stays inside the frame at every corner',
  (shape) => {
    const frame = {
      width: 40,
      height: 30,
      stride: 48,
      luma: new Uint8Array(48 * 30).fill(90),
      blueChroma: new Uint8Array(24 * 15).fill(128),
      redChroma: new Uint8Array(24 * 15).fill(128),
    };
    for (const x of [-3, 0, 20, 40, 43]) {
      for (const y of [-3, 0, 15, 30, 33]) {
        drawSprite(frame, {
          shape,
          x,
          y,
          halfLength: 9,
          halfBreadth: 5,
          angle: 0.7,
          colour: yuv(255, 255, 255),
          opacity: 1,
          glows: false,
        });
      }
    }
    expect(frame.luma.some((value) => value > 90)).toBe(true);
    for (let row = 0; row < 30; row++) {
      expect(
        Array.from(frame.luma.subarray(row * 48 + 40, row * 48 + 48)).every((value) => value === 90),
      ).toBe(true);
    }
  },
);
