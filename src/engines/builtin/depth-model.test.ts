import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import { encodeTinyModel, type TinyModel } from '../../../test/support/onnx.ts';
import { openPicture } from '../../media/decode-picture.ts';
import { planeAt } from '../../picture/pixels/plane.ts';
import type { EngineStatus } from '../engine.ts';
import { readPicture } from './analyse.ts';
import { askDepthModel, modelSize } from './depth-model.ts';
import { loadOnnxRuntime } from './depth-runtime.ts';
import { createBuiltinEngine } from './index.ts';

// Real models, though tiny ones, in the real runtime: `onnxruntime-web`, which is installed for these tests.

const sample = (name: string) => fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url));
const size = { width: 300, height: 200 };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-depth-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(directory, `${Math.random()}.onnx`);
  await writeFile(path, bytes);
  return path;
}
const modelFile = (model: TinyModel) => fileOf(encodeTinyModel(model));

/** Red on the left, blue on the right, green below: no shape that heuristics would find. */
const patches = Uint8Array.from({ length: 3 * size.width * size.height }, (_, byte) => {
  const pixel = Math.floor(byte / 3);
  const isLeft = pixel % size.width < size.width / 2;
  return [isLeft ? 220 : 30, pixel > (size.width * size.height) / 2 ? 200 : 40, isLeft ? 30 : 220][byte % 3]!;
});

async function readSample(name: string) {
  const picture = await openPicture(await readFile(sample(name)));
  const scale = 640 / Math.max(picture.width, picture.height);
  const at = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
  return { rgb: await picture.decode(at), size: at };
}

/** How alike two planes are, −1 to 1 (Pearson). */
function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  let [both, ofOne, ofOther] = [0, 0, 0];
  for (let index = 0; index < one.length; index++) {
    both += (one[index]! - a) * (other[index]! - b);
    ofOne += (one[index]! - a) ** 2;
    ofOther += (other[index]! - b) ** 2;
  }
  return both / Math.sqrt(ofOne * ofOther);
}

describe('a model tells the depth', () => {
  test('as it was made to: what is red is near, or what is blue', async () => {
    const red = await askDepthModel(await modelFile({ weights: [1, 0, 0] }), patches, size);
    const blue = await askDepthModel(await modelFile({ weights: [0, 0, 2] }), patches, size);
    if (!('nearness' in red && 'nearness' in blue)) throw new Error(JSON.stringify([red, blue]));
    expect(red.runtime).toMatch(/^onnxruntime-(node|web)$/);
    expect([red.nearness.width, red.nearness.height]).toEqual([518, 350]);
    expect(planeAt(red.nearness, 0.2, 0.5)).toBeGreaterThan(0.95);
    expect(planeAt(red.nearness, 0.8, 0.5)).toBeLessThan(0.05);
    expect(planeAt(blue.nearness, 0.8, 0.5)).toBeGreaterThan(0.95);
  });

  test('in the size that it wants, where it wants one', async () => {
    const fixed = await modelFile({ weights: [1, 0, 0], size: [70, 42] });
    const answer = await askDepthModel(fixed, patches, size);
    if (!('nearness' in answer)) throw new Error(answer.detail);
    expect([answer.nearness.width, answer.nearness.height]).toEqual([42, 70]);
    expect(planeAt(answer.nearness, 0.1, 0.5)).toBeGreaterThan(0.95);
  });

  test.each(['stream.jpg', 'dogs.jpg'])('of %s, and not the heuristics', async (name) => {
    const { rgb, size } = await readSample(name);
    const path = await modelFile({ weights: [0.6, 0.3, 0.1] });
    const warn = () => {
      throw new Error('The model was not used.');
    };
    const alone = await readPicture(rgb, size);
    const told = await readPicture(rgb, size, { path, warn });
    const light = told.image.red.map(
      (red, pixel) => 0.6 * red + 0.3 * told.image.green[pixel]! + 0.1 * told.image.blue[pixel]!,
    );
    const before = correlation(alone.disparity.values, light);
    const after = correlation(told.disparity.values, light);
    console.log(
      `${name}: depth against the model’s ${before.toFixed(2)} without it, ${after.toFixed(2)} with it`,
    );
    expect(after).toBeGreaterThan(0.8);
    expect(after).toBeGreaterThan(before + 0.3);
  });
});

test('the picture is given to it in multiples of its patches, whatever its shape', () => {
  expect(modelSize({ width: 4000, height: 3000 })).toEqual({ width: 518, height: 392 });
  expect(modelSize({ width: 720, height: 1280 })).toEqual({ width: 294, height: 518 });
  expect(modelSize({ width: 8192, height: 32 })).toEqual({ width: 518, height: 28 });
  expect(modelSize({ width: 20, height: 20 })).toEqual({ width: 518, height: 518 });
});

describe('a model that is of no use', () => {
  test.each<[string, () => Promise<string>, RegExp]>([
    ['is not there', async () => join(directory, 'nowhere.onnx'), /^its file cannot be read$/],
    ['is no model', () => fileOf(Buffer.from('a page that says 404')), /^its file is not an ONNX model/],
    [
      'is half a model',
      async () => fileOf(encodeTinyModel({ weights: [1, 0, 0] }).subarray(0, 90)),
      /^its file is not an ONNX model/,
    ],
    [
      'wants another input',
      () => modelFile({ weights: [1, 0, 0], channels: 4 }),
      /^it takes batch × 4 × height × width numbers and not 1 × 3 × height × width$/,
    ],
    [
      'answers with one number',
      () => modelFile({ weights: [1, 0, 0], isOneNumber: true }),
      /^it answers with 1 numbers and not with height × width$/,
    ],
    [
      'would take minutes',
      () => modelFile({ weights: [1, 0, 0], size: [8000, 8000] }),
      /^it wants 8000 × 8000 pixels, which takes too long$/,
    ],
    ['sees no depth', () => modelFile({ weights: [0, 0, 0] }), /^it sees no depth$/],
  ])('%s: it says so', async (_, find, problem) => {
    const answer = await askDepthModel(await find(), patches, size);
    expect('problem' in answer && answer.problem).toMatch(problem);
  });

  test('costs no task: the clip is made with the heuristics, and a warning says why', async () => {
    const broken = await fileOf(Buffer.from('broken'));
    const engine = createBuiltinEngine(() => broken);
    const workDirectory = await mkdtemp(join(directory, 'work-'));
    const signal = new AbortController().signal;
    const operation = await engine.start(
      engineInput(workDirectory, { imagePath: sample('stream.jpg'), seconds: 1, prompt: 'dolly in' }),
      signal,
    );
    let status: EngineStatus;
    let preview: Uint8Array | undefined;
    do {
      status = await engine.status(operation, signal);
      if (status.state === 'running') preview = status.preview?.bytes ?? preview;
    } while (status.state === 'running');
    await engine.close();
    expect(status).toMatchObject({ state: 'completed', warnings: [{ code: 'depth-model-unused' }] });
    expect(JSON.stringify(status)).toContain('its file is not an ONNX model that the runtime can read');
    // Callers are strangers: where the file lies is not theirs to know.
    expect(JSON.stringify(status)).not.toContain(broken);
    expect(Buffer.from(preview!).subarray(0, 3).toString('hex')).toBe('ffd8ff');
  });
});

test('without a runtime there is none, and one that is broken is not taken for missing', async () => {
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  expect(await loadOnnxRuntime(() => Promise.reject(missing))).toBeUndefined();
  await expect(
    loadOnnxRuntime(() => Promise.reject(new Error('libonnxruntime.so is missing'))),
  ).rejects.toThrow('libonnxruntime.so');
});
