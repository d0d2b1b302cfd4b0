import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { Engine } from '../src/engines/engine.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, type TestDirectory } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { startApp } from './support/server.ts';

// Two engines on one server: one on this machine, and one that stands for a GPU elsewhere.

let data: TestDirectory;
let app: App | undefined;
let url: string;
let caller: ReturnType<typeof createNativeCaller>;
beforeEach(async () => {
  data = await createDataDirectory();
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await data.remove();
});

/** How many pieces of work each engine had at most at once. */
const most: Record<string, number> = {};

function counted(engine: Engine): Engine {
  let working = 0;
  most[engine.name] = 0;
  return {
    ...engine,
    async start(input, signal) {
      working += 1;
      most[engine.name] = Math.max(most[engine.name]!, working);
      return engine.start(input, signal);
    },
    async status(operation, signal) {
      const status = await engine.status(operation, signal);
      if (status.state !== 'running') working -= 1;
      return status;
    },
  };
}

function createGpu(milliseconds: number): Engine {
  const engine = createCopyingEngine({ milliseconds });
  const models = engine.models.map((model) => ({ ...model, name: `gpu-${model.name}` }));
  return { ...engine, name: 'gpu', slots: 1, models };
}

async function start(settings: Record<string, string>, gpuMilliseconds: number): Promise<void> {
  const config = readConfig({ environment: settings });
  const { slots, queueLimit, engineTasks } = config;
  const engines = [createCopyingEngine({ milliseconds: 100 }), createGpu(gpuMilliseconds)].map(counted);
  ({ app, url } = await startApp(data.path, engines, { slots, queueLimit, engineTasks }));
  caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
}

async function create(model: string): Promise<string> {
  const answer = await caller.post('/api/v1/tasks', {
    image: `${url}/samples/sunset.jpg`,
    prompt: 'x',
    model,
  });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body.id;
}
const here = () => create('builtin-fast');
const elsewhere = () => create('gpu-builtin-fast');

test('what waits for a GPU keeps nobody waiting who does not, and has a line of its own', async () => {
  await start({ STILLROAR_SLOTS: '1', STILLROAR_QUEUE_LIMIT: '2' }, 60_000);
  const first = await elsewhere();
  await caller.wait(first, 'processing');
  const waiting = [await elsewhere(), await elsewhere()];
  const full = await caller.post<{ code: string }>('/api/v1/tasks', {
    image: `${url}/samples/sunset.jpg`,
    model: 'gpu-builtin-fast',
  });
  expect([full.status, full.body.code]).toEqual([429, 'too-many-requests']);
  for (let round = 0; round < 3; round++) await caller.wait(await here(), 'completed');
  const places = await Promise.all(waiting.map(async (id) => (await caller.get(`/api/v1/tasks/${id}`)).body));
  expect(places.map(({ state, queuePosition }) => [state, queuePosition])).toEqual([
    ['queued', 1],
    ['queued', 2],
  ]);
});

test('a GPU gets one task at a time, or as many as its operator says', async () => {
  await start({ STILLROAR_SLOTS: '4' }, 100);
  let ids = await Promise.all([1, 2, 3, 4].map(elsewhere));
  for (const id of ids) await caller.wait(id, 'completed');
  expect(most.gpu).toBe(1);
  await app!.close();

  await start({ STILLROAR_SLOTS: '1', STILLROAR_ENGINE_TASKS: 'gpu=3' }, 500);
  ids = await Promise.all([1, 2, 3, 4, 5].map(elsewhere));
  for (const id of ids) await caller.wait(id, 'completed');
  expect(most.gpu).toBe(3);
});

test('a limit also holds for what this machine does', async () => {
  await start({ STILLROAR_SLOTS: '4', STILLROAR_ENGINE_TASKS: 'copying=1' }, 100);
  const ids = await Promise.all([1, 2, 3, 4].map(here));
  for (const id of ids) await caller.wait(id, 'completed');
  expect(most.copying).toBe(1);
});

test('an engine that there is not is named', async () => {
  await expect(start({ STILLROAR_ENGINE_TASKS: 'gpus=3' }, 100)).rejects.toThrow(
    'STILLROAR_ENGINE_TASKS names gpus; the engines of this server are copying, gpu.',
  );
  expect(() => readConfig({ environment: { STILLROAR_ENGINE_TASKS: 'gpu=0' } })).toThrow(
    'STILLROAR_ENGINE_TASKS must be engines and numbers such as comfyui=4,kling=2.',
  );
});
