import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compiledPath } from '../src/compiled.ts';
import type { RgbImage } from '../src/picture/image.ts';
import type { CameraPose } from '../src/picture/render/camera.ts';
import { createKernel } from '../src/picture/render/kernel.ts';
import { createKernelMemory, kernelLayout, uploadPicture } from '../src/picture/render/layout.ts';
import { fillMesh } from '../src/picture/render/mesh.ts';
import { readScene } from '../src/picture/scene.ts';
import { loadSample } from '../src/picture/testing/samples.ts';

// What the parts cost that every clip goes through, as a multiple of a loop that never changes, in the same process and the
// same minute: a slow machine and a busy one slow both. CPU time, the best of rounds in turns.

/** What each part costs, in references: renewed when it is made faster, or when it does more. */
const recorded = { reading: 4.8, drawing: 1.7 };
/** How much more it may cost. */
const TOLERANCE = 1.25;
const ROUNDS = 15;

const side = 512;
const squares = Float32Array.from({ length: side * side }, (_, pixel) => ((pixel * 7919) % 1000) / 1000);
const sums = new Float32Array(side * side);

/** The reference: running sums along rows, then along columns. It is not used by the product, and must stay as it is. */
function reference(): void {
  for (let round = 0; round < 24; round++) {
    for (let y = 0; y < side; y++) {
      let sum = 0;
      for (let x = 0; x < side; x++) {
        sum += squares[y * side + x]! - (x >= 9 ? squares[y * side + x - 9]! : 0);
        sums[y * side + x] = sum;
      }
    }
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let y = 0; y < side; y++) {
        sum += sums[y * side + x]!;
        squares[y * side + x] = squares[y * side + x]! * 0.9 + (sum - Math.floor(sum)) * 0.1;
      }
    }
  }
}

/** CPU time of a piece of work in this process, in ms. */
function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * What the work costs in units of the reference, each in the best of its rounds, after both are warm: what else the machine
 * does takes time and cache from them, and never gives.
 */
function ratio(work: () => void): number {
  for (let round = 0; round < 3; round++) {
    reference();
    work();
  }
  const rounds = Array.from({ length: ROUNDS }, () => [cost(work), cost(reference)] as const);
  return Math.min(...rounds.map(([own]) => own)) / Math.min(...rounds.map(([, other]) => other));
}

/** A picture as bytes: interleaved red, green and blue. */
function interleave({ width, height, red, green, blue }: RgbImage): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0, byte = 0; pixel < width * height; pixel++) {
    rgb[byte++] = 255 * red[pixel]!;
    rgb[byte++] = 255 * green[pixel]!;
    rgb[byte++] = 255 * blue[pixel]!;
  }
  return rgb;
}

describe('no part has become slower by a quarter than the reference', async () => {
  const small = await loadSample('stream.jpg', 384);
  const image = await loadSample('stream.jpg', 640);

  test('reading a picture', () => {
    const measured = ratio(() => readScene(small, image));
    console.log(`reading a picture: ${measured.toFixed(2)} references`);
    expect(measured).toBeLessThan(TOLERANCE * recorded.reading);
  });

  test('drawing frames of 720p', async () => {
    const frame = { width: 1280, height: 720 };
    const picture = await loadSample('stream.jpg', 1280);
    const source = { width: picture.width & ~1, height: picture.height & ~1 };
    const layout = kernelLayout(source, frame, 1, { regions: [], fine: false });
    const memory = createKernelMemory(layout);
    uploadPicture(memory, layout, interleave(picture));
    const module = new WebAssembly.Module(
      readFileSync(compiledPath('../src/picture/render/warp.wasm', import.meta.url)),
    );
    const kernel = createKernel(module, memory, layout);
    const relief = readScene(small, image).disparity;
    const pose: CameraPose = {
      zoom: 1.2,
      roll: 0.01,
      shiftX: 0,
      shiftY: 0,
      truckX: 0.02,
      truckY: 0,
      dolly: 0.1,
      pivot: 0.5,
    };
    const measured = ratio(() => {
      for (let index = 0; index < 24; index++) {
        fillMesh(kernel.mesh, frame, source, { ...pose, dolly: index / 240 }, relief);
        kernel.draw(0);
      }
    });
    console.log(`drawing frames: ${measured.toFixed(2)} references`);
    expect(measured).toBeLessThan(TOLERANCE * recorded.drawing);
  });
});
