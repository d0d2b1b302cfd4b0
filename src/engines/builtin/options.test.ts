import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import { decodeVideo } from '../../media/decode-video.ts';
import type { EngineInput } from '../engine.ts';
import { makeClip } from './clip.ts';

// Every option does something: it is seen in the file, not in what the engine says about it.

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stillroar-options-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A clip of a second, its size in bytes, and the brightness of its last frame. */
async function make(options: Partial<EngineInput>) {
  const workDirectory = await mkdtemp(join(root, 'work-'));
  const clip = await makeClip(
    engineInput(workDirectory, { prompt: 'push in', seconds: 1, ...options }),
    () => {},
    new AbortController().signal,
  );
  const bytes = await readFile(join(workDirectory, 'video.mp4'));
  let last = new Uint8Array();
  for await (const frame of decodeVideo(bytes)) last = frame.luma.slice();
  return { bytes: bytes.length, last, plan: clip.plan };
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let pixel = 0; pixel < one.length; pixel++) sum += Math.abs(one[pixel]! - other[pixel]!);
  return sum / one.length;
}

test('the videos of a batch differ to the eye although the prompt says everything', async () => {
  const takes: Uint8Array[] = [];
  for (let take = 0; take < 3; take++) takes.push((await make({ seed: 7 + take, take })).last);
  const differences = [
    [0, 1],
    [0, 2],
    [1, 2],
  ].map(([one, other]) => meanDifference(takes[one!]!, takes[other!]!));
  console.log(
    `last frames of three takes differ by ${differences.map((x) => x.toFixed(1)).join(', ')} of 255`,
  );
  expect(Math.min(...differences)).toBeGreaterThan(3);
});

test('the fine quality spends more bits on the same film, drawn through a finer mesh', async () => {
  const fast = await make({});
  const fine = await make({ quality: 'fine' });
  const still = await make({ prompt: 'static camera' });
  const detail = meanDifference(fast.last, fine.last);
  const movement = meanDifference(fast.last, still.last);
  console.log(
    `fast ${fast.bytes} bytes, fine ${fine.bytes} bytes; last frames differ by ${detail.toFixed(2)}`,
  );
  console.log(`(from a still camera by ${movement.toFixed(2)})`);
  expect(fine.bytes).toBeGreaterThan(1.2 * fast.bytes);
  expect(detail).toBeLessThan(0.5 * movement);
});

test('extend_prompt changes the plan and the picture', async () => {
  const plain = await make({});
  const extended = await make({ extendPrompt: true });
  expect(extended.plan.picture).not.toEqual(plain.plan.picture);
  expect(meanDifference(plain.last, extended.last)).toBeGreaterThan(3);
});
