import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { compiledPath } from '../../compiled.ts';
import { createKernel } from '../render/kernel.ts';
import { createKernelMemory, frameView, kernelLayout } from '../render/layout.ts';
import { drawSprite, type Shape, yuv } from './draw-sprite.ts';
import { overlays } from './index.ts';
import type { Moment, Overlay } from './overlay.ts';

const module = new WebAssembly.Module(readFileSync(compiledPath('../render/warp.wasm', import.meta.url)));
const pose = { zoom: 1, roll: 0, shiftX: 0, shiftY: 0, truckX: 0, truckY: 0, dolly: 0, pivot: 0 };

/** Draws an overlay over middle grey and answers the frame. */
function paint(
  overlay: Overlay,
  more: Partial<Moment> & { height?: number; strength?: number; seed?: number } = {},
) {
  const { height = 360, strength = 0.5, seed = 3, ...moment } = more;
  const size = { width: (height * 16) / 9, height };
  const layout = kernelLayout({ width: 32, height: 32 }, size, 1);
  const memory = createKernelMemory(layout);
  const frame = frameView(memory, layout, 0);
  frame.luma.fill(90);
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
  return { ...size, luma: Uint8Array.from(frame.luma), blue: Uint8Array.from(frame.blueChroma) };
}

const change = (luma: Uint8Array) => luma.reduce((sum, value) => sum + Math.abs(value - 90), 0) / luma.length;

describe.each(overlays.map((overlay) => [overlay.kind, overlay] as const))('%s', (kind, overlay) => {
  it('is seen, moves, and is the same for the same seed', () => {
    const { luma } = paint(overlay);
    console.log(`${kind}: changes luma by ${change(luma).toFixed(2)} steps on average`);
    expect(change(luma)).toBeGreaterThan(0.04);
    expect(paint(overlay, { seconds: 2.4 }).luma).not.toEqual(luma);
    expect(paint(overlay).luma).toEqual(luma);
  });

  it('sets in from nothing', () => {
    expect(change(paint(overlay, { share: 0 }).luma)).toBe(0);
  });

  it('looks alike at every resolution', () => {
    const small = change(paint(overlay, { height: 540 }).luma);
    const large = change(paint(overlay, { height: 1080 }).luma);
    expect(large / small).toBeGreaterThan(0.6);
    expect(large / small).toBeLessThan(1.7);
  });
});

describe('particles', () => {
  const named = (kind: string) => overlays.find((overlay) => overlay.kind === kind)!;

  it('are more where the words are stronger', () => {
    for (const kind of ['rain', 'snow', 'petals']) {
      const light = change(paint(named(kind), { strength: 0.2 }).luma);
      expect(change(paint(named(kind), { strength: 1 }).luma)).toBeGreaterThan(1.4 * light);
    }
  });

  it('vanish behind what is nearer, except those right before the lens', () => {
    const free = change(paint(named('snow')).luma);
    const covered = change(paint(named('snow'), { nearnessAt: () => 1 }).luma);
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

test.each(['soft', 'disc', 'leaf', 'paper', 'bubble'] satisfies Shape[])(
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
