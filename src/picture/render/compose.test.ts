import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compiledPath } from '../../compiled.ts';
import { createRandom } from '../../random.ts';
import type { Shot } from '../direct/shot.ts';
import { fromInterleaved } from '../image.ts';
import type { FlowRegion } from '../motions/region.ts';
import { fillPlane } from '../pixels/plane.ts';
import { readScene } from '../scene.ts';
import { createComposer, type Film } from './compose.ts';
import { createKernel } from './kernel.ts';
import { createKernelMemory, frameView, kernelLayout, uploadPicture } from './layout.ts';
import { cutOut } from './near-layer.ts';
import { regionRectangle } from './region-detail.ts';
import type { Transition } from './transition.ts';

const module = new WebAssembly.Module(readFileSync(compiledPath('./warp.wasm', import.meta.url)));
const size = { width: 480, height: 320 };
const rest: Shot = {
  seed: 1,
  moves: [{ kind: 'static', strength: 0, span: [0, 1], easing: 'ease', why: 'test' }],
  motions: [],
  overlays: [],
  grades: [],
};

/** Grey with grain everywhere. */
function grain(): Uint8Array {
  const random = createRandom(3);
  return Uint8Array.from({ length: size.width * size.height * 3 }, () => 90 + 70 * random());
}

function render(rgb: Uint8Array, more: Partial<Film>, frames: number[], last?: Uint8Array) {
  const film: Film = {
    shot: rest,
    aim: 0,
    fit: { zoom: 1, gain: 1 },
    frameCount: 121,
    framesPerSecond: 24,
    relief: fillPlane(2, 2, () => 0),
    near: null,
    transition: null,
    regions: [],
    sun: null,
    ...more,
  };
  const layout = kernelLayout(size, size, 1, {
    regions: film.regions.flatMap((region) =>
      region.type === 'flow' ? [regionRectangle(region, size)] : [],
    ),
    ...(film.near && { over: 'near' as const }),
    ...(last && { over: 'last' as const }),
  });
  const memory = createKernelMemory(layout);
  uploadPicture(memory, layout, rgb);
  if (last) uploadPicture(memory, layout, last, 1);
  const draw = createComposer(createKernel(module, memory, layout), film);
  return frames.map((frame) => {
    draw(frame, 0);
    return Uint8Array.from(frameView(memory, layout, 0).luma);
  });
}

const isLeft = (pixel: number) => pixel % size.width < 200;
const isRight = (pixel: number) => pixel % size.width > 280;
const deviation = (values: number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

describe('a region that flows', () => {
  const region: FlowRegion = {
    type: 'flow',
    matte: fillPlane(240, 160, (x) => Math.min(1, Math.max(0, (0.55 - x) * 10))),
    velocityX: fillPlane(2, 2, () => 0.05),
    velocityY: fillPlane(2, 2, () => 0.03),
    phase: fillPlane(24, 16, (x, y) => x + y),
    period: 1.2,
    reach: 0.05,
    flicker: 0,
  };

  it('leaves the first frame and everything beside it alone, moves, and stays as sharp as it was', () => {
    const frames = render(grain(), { regions: [region] }, [0, 20, 40, 60, 80]);
    const [still, ...moved] = frames;
    const left = (luma: Uint8Array) => Array.from(luma).filter((_, pixel) => isLeft(pixel));
    const sharp = deviation(left(still!));
    for (const luma of moved) {
      let beside = 0;
      let changed = 0;
      luma.forEach((value, pixel) => {
        if (isRight(pixel) && value !== still![pixel]) beside++;
        if (isLeft(pixel) && Math.abs(value - still![pixel]!) > 4) changed++;
      });
      const ratio = deviation(left(luma)) / sharp;
      console.log(`sharpness ${(100 * ratio).toFixed(1)} %, ${changed} pixels moved`);
      expect(beside).toBe(0);
      expect(changed).toBeGreaterThan(20_000);
      // White noise is the hardest case: bilinear sampling between pixels alone costs a third of its contrast.
      expect(ratio).toBeGreaterThan(0.62);
      expect(ratio).toBeLessThan(1.05);
    }
  });

  it('is drawn the same twice', () => {
    const [first] = render(grain(), { regions: [region] }, [33]);
    const [second] = render(grain(), { regions: [region] }, [33]);
    expect(first).toEqual(second);
  });
});

describe('a region that sways', () => {
  it('bends what it reaches and nothing else', () => {
    const reach = fillPlane(240, 160, (x) => (x < 0.45 ? 0.01 : 0));
    const [still, bent] = render(
      grain(),
      {
        regions: [
          {
            type: 'sway',
            reachX: reach,
            reachY: fillPlane(2, 2, () => 0),
            phase: fillPlane(2, 2, () => 1),
            rate: 0.4,
            gusts: 0.5,
          },
        ],
      },
      [0, 50],
    );
    let beside = 0;
    let changed = 0;
    bent!.forEach((value, pixel) => {
      if (value === still![pixel]) return;
      if (isRight(pixel)) beside++;
      if (isLeft(pixel)) changed++;
    });
    expect(beside).toBe(0);
    expect(changed).toBeGreaterThan(20_000);
  });
});

describe('a film that ends on another picture', () => {
  const other = (): Uint8Array => grain().map((value, at) => 255 - value + (at % 7));

  it.each(['flow', 'order'])('begins and ends on the pictures byte for byte: by %s', (by) => {
    const moved = fillPlane(48, 32, () => 0.02);
    const transition: Transition = {
      relief: fillPlane(2, 2, () => 0.5),
      order: fillPlane(48, 32, (x) => x),
      flow: by === 'flow' ? { x: moved, y: moved } : null,
      side: 1,
    };
    const drawn = render(grain(), { transition }, [0, 60, 120], other());
    const [wantedFirst] = render(grain(), {}, [0]);
    const [wantedLast] = render(other(), {}, [0]);
    expect(drawn[0]).toEqual(wantedFirst);
    expect(drawn[2]).toEqual(wantedLast);
    expect(drawn[1]).not.toEqual(wantedFirst);
    expect(drawn[1]).not.toEqual(wantedLast);
  });
});

describe('a near layer', () => {
  /** A red disc in front of a soft grey gradient; `line` draws a dark one behind it. */
  function disc(width: number, height: number, line: boolean): Uint8Array {
    const rgb = new Uint8Array(width * height * 3);
    const random = createRandom(9);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const distance = Math.hypot(x / width - 0.5, ((y / height - 0.5) * height) / width);
        const noise = 6 * random();
        const grey = 120 + 60 * (y / height) + noise;
        const isLine = line && Math.abs(x - 0.62 * width) < 0.012 * width;
        const colour =
          distance < 0.16 ? [200 + noise, 40 + noise, 30] : isLine ? [20, 20, 20] : [grey, grey, grey];
        for (const value of colour) rgb[at++] = value;
      }
    }
    return rgb;
  }
  const imageAt = (width: number, line: boolean) => {
    const height = Math.round((width * 2) / 3);
    return fromInterleaved(disc(width, height, line), width, height);
  };
  const cut = (line: boolean) =>
    cutOut(readScene(imageAt(384, line), imageAt(640, line)), imageAt(1280, line), 0.2);

  it('is cut out where its border is sharp and nothing beside it would be wiped out', () => {
    const near = cut(false);
    expect(near).not.toBeNull();
    expect(cut(true)).toBeNull();
  });

  it('moves against what lies behind it and leaves no trace where it stood', () => {
    const shot: Shot = {
      ...rest,
      moves: [
        { kind: 'truck', direction: 'right', strength: 0.6, span: [0, 1], easing: 'linear', why: 'test' },
      ],
    };
    const near = cut(false)!;
    const rgb = disc(size.width, size.height, false);
    const frames = render(rgb, { shot, near, relief: near.behind, fit: { zoom: 1.3, gain: 1 } }, [0, 120]);
    // The disc is dark in luma against the grey: its centre of darkness moves, its size stays.
    const [first, last] = frames.map((luma) => {
      let count = 0;
      let sum = 0;
      luma.forEach((value, pixel) => {
        if (value > 95) return;
        count++;
        sum += pixel % size.width;
      });
      return { count, centre: sum / count };
    });
    console.log(
      `disc: ${first!.count} pixels at ${first!.centre.toFixed(0)}, then ${last!.count} at ${last!.centre.toFixed(0)}`,
    );
    expect(first!.centre - last!.centre).toBeGreaterThan(15);
    expect(last!.count / first!.count).toBeGreaterThan(0.93);
    expect(last!.count / first!.count).toBeLessThan(1.07);
  });
});
