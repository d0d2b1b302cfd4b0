import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPolicy } from '../../src/tasks/policy.ts';
import { startWorld, type World } from './world.ts';

// An operator's policy refuses before anything is charged, in every dialect's own number.

let directory: string;
let world: World;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-policy-'));
  const policy = join(directory, 'policy.mjs');
  await writeFile(
    policy,
    `export function review({ prompt, negativePrompt, soundPrompt, musicPrompt, account, kind }) {
      if (typeof account !== 'number' || !kind) throw new Error('Something is missing.');
      const words = [prompt, negativePrompt, soundPrompt, musicPrompt].join(' ');
      if (words.includes('defect')) return undefined;
      return words.includes('forbidden') ? { refuse: 'We do not show ' + kind + ' of that.' } : { allow: true };
    }`,
  );
  world = await startWorld({ policy });
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true });
});

const image = () => `${world.url}/samples/sunset.jpg`;
const akool = () => ({ image_url: image(), resolution: '720p', audio_type: 3, video_length: 5 });
const suite = '/api/open/v4/image2Video/createBySourcePrompt';

test('what it refuses is refused by every dialect, and costs nothing', async () => {
  const before = await world.credits();
  const prompt = 'the forbidden thing';
  const reason = 'We do not show image-to-video of that.';
  const native = await world.owner.post('/api/v1/tasks', { image: image(), prompt });
  expect(native).toMatchObject({ status: 400, body: { code: 'content-refused', detail: reason } });
  for (const fields of [{ negativePrompt: prompt }, { soundPrompt: prompt }, { musicPrompt: prompt }]) {
    expect((await world.owner.post('/api/v1/tasks', { image: image(), ...fields })).status).toBe(400);
  }
  expect((await world.owner.post('/api/v1/estimate', { image: image(), prompt })).status).toBe(400);
  const kling = await world.owner.post('/v1/videos/image2video', { image: image(), prompt });
  expect(kling).toMatchObject({
    status: 400,
    body: { code: 1301, message: expect.stringContaining(reason) },
  });
  for (const route of [suite, `${suite}/batch`]) {
    const answer = await world.owner.post(route, { ...akool(), prompt });
    expect(answer).toMatchObject({ status: 200, body: { code: 1003, msg: expect.stringContaining(reason) } });
  }
  expect(await world.credits()).toBe(before);
});

test('what it allows is made, and what it has no answer to is refused', async () => {
  const { status, body } = await world.owner.post('/api/v1/tasks', { image: image(), prompt: 'the sea' });
  expect(status).toBe(201);
  await world.owner.wait(body.id, 'completed');
  expect((await world.owner.post('/api/v1/tasks', { image: image(), prompt: 'a defect' })).status).toBe(400);
});

test('a policy that cannot be used stops the server before it starts', async () => {
  await expect(loadPolicy(join(directory, 'none.mjs'))).rejects.toMatchObject({ code: 'configuration' });
  await writeFile(join(directory, 'empty.mjs'), 'export const x = 1;');
  await expect(loadPolicy(join(directory, 'empty.mjs'))).rejects.toThrow('function named review');
});
