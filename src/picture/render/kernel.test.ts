import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compiledPath } from '../../compiled.ts';
import { createRandom } from '../../random.ts';
import { fillPlane } from '../pixels/plane.ts';
import type { CameraPose } from './camera.ts';
import { createKernel } from './kernel.ts';
import { createKernelMemory, frameView, kernelLayout, pictureView, uploadPicture } from './layout.ts';
import { fillMesh } from './mesh.ts';
import { limitSlope, type Relief } from './relief.ts';

const module = new WebAssembly.Module(readFileSync(compiledPath('./warp.wasm', import.meta.url)));
const still: CameraPose = {
  zoom: 1,
  roll: 0,
  shiftX: 0,
  shiftY: 0,
  truckX: 0,
  truckY: 0,
  dolly: 0,
  pivot: 0,
};
const flat = { width: 2, height: 2, values: new Float32Array(4) };

/** A picture with detail at every scale. */
function noisyPicture(width: number, height: number): Uint8Array {
  const random = createRandom(7);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, byte = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const wave = Math.sin(x / (7 + channel * 5)) * Math.cos(y / (11 - channel * 3));
        rgb[byte++] = 128 + 90 * wave + 20 * random();
      }
    }
  }
  return rgb;
}

function draw(
  pose: CameraPose,
  source = { width: 400, height: 224 },
  { fine = false, relief = flat }: { fine?: boolean; relief?: Relief } = {},
) {
  const frame = source;
  const layout = kernelLayout(source, frame, 1, { regions: [], fine });
  const memory = createKernelMemory(layout);
  uploadPicture(memory, layout, noisyPicture(source.width, source.height));
  const kernel = createKernel(module, memory, layout);
  fillMesh(kernel.mesh, frame, source, pose, relief);
  kernel.draw(0);
  const view = frameView(memory, layout, 0);
  const picture = pictureView(memory, layout, 0);
  const planes = [picture.luma, picture.blueChroma, picture.redChroma];
  return { view, planes, source };
}

describe('the warp kernel', () => {
  it.each([false, true])(
    'gives the picture back, byte for byte, when the camera rests (fine: %s)',
    (fine) => {
      // 330 is no multiple of the block: rows of the frame are longer than the frame.
      for (const width of [400, 330]) {
        const { view, planes } = draw(still, { width, height: 224 }, { fine });
        let different = 0;
        for (let y = 0; y < 224; y++) {
          for (let x = 0; x < width; x++) {
            if (view.luma[y * view.stride + x] !== planes[0]![y * width + x]) different++;
          }
        }
        for (let y = 0; y < 112; y++) {
          for (let x = 0; x < width / 2; x++) {
            const chroma = view.blueChroma[(y * view.stride) / 2 + x];
            if (chroma !== planes[1]![(y * width) / 2 + x]) different++;
          }
        }
        expect(different).toBe(0);
      }
    },
  );

  it('samples like textbook bilinear interpolation while it zooms and turns', () => {
    const pose = { ...still, zoom: 1.3, roll: 0.05, shiftX: 0.02 };
    const { view, planes, source } = draw(pose);
    const luma = planes[0]!;
    let worst = 0;
    let sum = 0;
    for (let y = 0; y < 224; y++) {
      for (let x = 0; x < 400; x++) {
        const dx = (x + 0.5 - 200) / pose.zoom;
        const dy = (y + 0.5 - 112) / pose.zoom;
        const u = 200 + 0.02 * 400 + dx * Math.cos(0.05) - dy * Math.sin(0.05) - 0.5;
        const v = 112 + dx * Math.sin(0.05) + dy * Math.cos(0.05) - 0.5;
        const column = Math.floor(u);
        const row = Math.floor(v);
        const at = (c: number, r: number) => luma[r * source.width + c]!;
        const top = at(column, row) * (1 - u + column) + at(column + 1, row) * (u - column);
        const bottom = at(column, row + 1) * (1 - u + column) + at(column + 1, row + 1) * (u - column);
        const expected = top * (1 - v + row) + bottom * (v - row);
        const error = Math.abs(view.luma[y * view.stride + x]! - expected);
        worst = Math.max(worst, error);
        sum += error;
      }
    }
    console.log(
      `kernel against bilinear: mean ${(sum / (400 * 224)).toFixed(3)}, worst ${worst.toFixed(2)} of 255`,
    );
    expect(sum / (400 * 224)).toBeLessThan(0.35);
    expect(worst).toBeLessThan(2);
  });

  it('follows the relief more closely through a fine mesh, in luma and chroma', () => {
    const source = { width: 400, height: 224 };
    const relief = limitSlope(
      fillPlane(100, 56, (x, y) => 0.5 + 0.5 * Math.sin(60 * x) * Math.cos(34 * y)),
      0.06,
    );
    const pose = { ...still, truckX: 0.03, dolly: 0.05, pivot: 0.5 };
    // A node for every pixel: where each of them really looks.
    const exact = { block: 1, columns: 400, rows: 224, nodes: new Int32Array(400 * 224 * 2) };
    fillMesh(exact, source, source, pose, relief);
    const errors = [false, true].map((fine) => {
      const { view, planes } = draw(pose, source, { fine, relief });
      let sum = 0;
      for (let pixel = 0; pixel < 400 * 224; pixel++) {
        const [x, y] = [pixel % 400, Math.floor(pixel / 400)];
        const [u, v] = [exact.nodes[2 * pixel]! / 65536, exact.nodes[2 * pixel + 1]! / 65536];
        const at = (column: number, row: number) =>
          planes[0]![Math.min(223, Math.max(0, row)) * 400 + Math.min(399, Math.max(0, column))]!;
        const [left, top] = [Math.floor(u), Math.floor(v)];
        const upper = at(left, top) * (1 - u + left) + at(left + 1, top) * (u - left);
        const lower = at(left, top + 1) * (1 - u + left) + at(left + 1, top + 1) * (u - left);
        sum += Math.abs(view.luma[y * view.stride + x]! - upper * (1 - v + top) - lower * (v - top));
      }
      return sum / (400 * 224);
    });
    console.log(
      `error against a node per pixel: ${errors.map((error) => error.toFixed(2)).join(' → ')} of 255`,
    );
    expect(errors[1]!).toBeLessThan(0.5 * errors[0]!);
  });

  it('repeats the border where a frame looks outside, and never reads beyond it', () => {
    const { view, planes, source } = draw({ ...still, shiftX: 0.5, shiftY: 0.5 });
    const corner = planes[0]![source.width * source.height - 1];
    expect(view.luma[(source.height - 1) * view.stride + source.width - 1]).toBe(corner);
  });
});
