import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createBuiltinEngine } from '../../src/engines/builtin/index.ts';
import { createDataDirectory } from '../support/database.ts';
import { createNativeCaller } from '../support/native.ts';
import { startApp } from '../support/server.ts';

// The real engine behind the real server: what an estimate plans is edited, sent back, and then made.

interface Plan {
  picture: { moves: object[]; motions: object[]; overlays: { kind: string; strength: number }[] };
  sound: { layers: { generator: string }[] };
}
interface Problem {
  code: string;
  detail: string;
  errors: { field: string }[];
}

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let caller: ReturnType<typeof createNativeCaller>;
let wanted: Record<string, unknown>;
beforeAll(async () => {
  data = await createDataDirectory();
  const started = await startApp(data.path, createBuiltinEngine());
  app = started.app;
  caller = createNativeCaller(started.url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
  wanted = {
    image: `${started.url}/samples/stream.jpg`,
    prompt: 'slow push in, heavy rain, gulls cry',
    fps: 12,
    seed: 7,
  };
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

const estimate = async (body: object) =>
  (await caller.post<{ plan: Plan; credits: number }>('/api/v1/estimate', body)).body;

test('an estimate’s plan, edited, is what the task then shows to have been made', async () => {
  const { plan } = await estimate(wanted);
  expect(plan.picture.overlays.map(({ kind }) => kind)).toEqual(['rain']);
  expect(plan.sound.layers.map(({ generator }) => generator)).toEqual(['air', 'rain', 'gulls']);

  const edited: Plan = {
    picture: {
      ...plan.picture,
      motions: [],
      overlays: plan.picture.overlays.map((rain) => ({ ...rain, strength: 0.2 })),
    },
    sound: { ...plan.sound, layers: plan.sound.layers.filter(({ generator }) => generator !== 'gulls') },
  };
  expect((await estimate({ ...wanted, plan: edited })).plan).toEqual(edited);
  const { status, body } = await caller.post('/api/v1/tasks', { ...wanted, plan: edited });
  expect(status).toBe(201);
  expect(body.input.plan).toEqual(edited);
  const task = await caller.wait(body.id, 'completed', 'failed');
  expect(task.error).toBe(null);
  expect(task.warnings).toEqual([]);
  expect(task.plan).toEqual(edited);
});

test('a plan that cannot be kept to is refused before it costs anything', async () => {
  const { plan, credits } = await estimate(wanted);
  expect(credits).toBe(20);
  const before = await caller.get<{ credits: number }>('/api/v1/account');
  const hail = { ...plan, picture: { ...plan.picture, overlays: [{ kind: 'hail', strength: 1 }] } };
  for (const path of ['/api/v1/tasks', '/api/v1/estimate']) {
    const { status, body } = await caller.post<Problem>(path, { ...wanted, plan: hail });
    expect([status, body.code, body.errors[0]?.field]).toEqual([
      400,
      'invalid-field',
      'plan.picture.overlays.0.kind',
    ]);
    expect(body.detail).toContain('must be one of');
  }
  const after = await caller.get<{ credits: number }>('/api/v1/account');
  expect(after.body.credits).toBe(before.body.credits);
});

test('what of a plan will not count is said', async () => {
  const { plan } = await estimate(wanted);
  const { body } = await caller.post<{ warnings: { code: string }[] }>('/api/v1/estimate', {
    ...wanted,
    audio: 'none',
    plan,
  });
  expect(body.warnings.map(({ code }) => code)).toEqual(['plan-sound-unused']);
});
