// What the parts cost that every clip goes through, as a multiple of a loop that never changes, in one process and in turns:
// a slow machine and a busy one slow both. Prints {reading, drawing}. Run it with --single-threaded: V8 then compiles and
// collects on the one thread whose CPU time is read, at the same places each time.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { fromInterleaved } from '../../dist/picture/image.js';
import { createKernel } from '../../dist/picture/render/kernel.js';
import { createKernelMemory, kernelLayout, uploadPicture } from '../../dist/picture/render/layout.js';
import { fillMesh } from '../../dist/picture/render/mesh.js';
import { readScene } from '../../dist/picture/scene.js';

const ROUNDS = 12;

const side = 512;
const squares = Float32Array.from({ length: side * side }, (_, pixel) => ((pixel * 7919) % 1000) / 1000);
const sums = new Float32Array(side * side);

/** The reference: running sums along rows, then along columns. It is not used by the product, and must stay as it is. */
function reference() {
  for (let round = 0; round < 24; round++) {
    for (let y = 0; y < side; y++) {
      let sum = 0;
      for (let x = 0; x < side; x++) {
        sum += squares[y * side + x] - (x >= 9 ? squares[y * side + x - 9] : 0);
        sums[y * side + x] = sum;
      }
    }
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let y = 0; y < side; y++) {
        sum += sums[y * side + x];
        squares[y * side + x] = squares[y * side + x] * 0.9 + (sum - Math.floor(sum)) * 0.1;
      }
    }
  }
}

/** CPU time of a piece of work in this process, in ms. */
function cost(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * What the work costs in units of the reference, each in the best of its rounds, after both are warm: what else the machine
 * does takes time and cache from them, and never gives.
 */
function ratio(work) {
  for (let round = 0; round < 3; round++) {
    reference();
    work();
  }
  const rounds = Array.from({ length: ROUNDS }, () => [cost(work), cost(reference)]);
  return Math.min(...rounds.map(([own]) => own)) / Math.min(...rounds.map(([, other]) => other));
}

/** The sample photograph at a long side: its bytes and its size. */
async function load(longSide) {
  const { data, info } = await sharp(fileURLToPath(new URL('../../samples/stream.jpg', import.meta.url)))
    .resize(longSide, longSide, { fit: 'inside' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Twenty-four frames of 720p. */
function drawing(picture, relief) {
  const frame = { width: 1280, height: 720 };
  const source = { width: picture.width & ~1, height: picture.height & ~1 };
  const layout = kernelLayout(source, frame, 1, { regions: [], fine: false });
  const memory = createKernelMemory(layout);
  uploadPicture(memory, layout, picture.data);
  const module = new WebAssembly.Module(
    readFileSync(new URL('../../dist/picture/render/warp.wasm', import.meta.url)),
  );
  const kernel = createKernel(module, memory, layout);
  const pose = {
    zoom: 1.2,
    roll: 0.01,
    shiftX: 0,
    shiftY: 0,
    truckX: 0.02,
    truckY: 0,
    dolly: 0.1,
    pivot: 0.5,
  };
  return () => {
    for (let index = 0; index < 24; index++) {
      fillMesh(kernel.mesh, frame, source, { ...pose, dolly: index / 240 }, relief);
      kernel.draw(0);
    }
  };
}

const [small, image, picture] = await Promise.all([384, 640, 1280].map(load));
const planes = [small, image].map(({ data, width, height }) => fromInterleaved(data, width, height));
const reading = ratio(() => readScene(...planes));
const frames = drawing(picture, readScene(...planes).disparity);
console.log(JSON.stringify({ reading, drawing: ratio(frames) }));
