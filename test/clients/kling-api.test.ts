import { mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KlingAPI, KlingAPIError } from 'kling-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { asVideo, createCopyingEngine } from '../support/copying-engine.ts';
import { createDataDirectory } from '../support/database.ts';
import { startApp } from '../support/server.ts';

// The published client `kling-api` 1.0.0 as it is. It takes https only and refuses private hosts, so the server signs its
// own certificate and is called by a name, which this process, and only it, resolves to loopback.

const HOST = 'stillroar.example.com';
const picturePath = new URL('../../samples/sunset.jpg', import.meta.url).pathname;

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let api: KlingAPI;
let directory: string;
const untouched = { ...https.globalAgent.options };

/** Resolves our name to loopback and no other. */
const lookup: LookupFunction = (hostname, options, callback) => {
  if (hostname !== HOST) callback(new Error(`Not in this test: ${hostname}`), '', 4);
  else if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/** A port that is free now: the public URL must name it before the server listens. */
async function findPort(): Promise<number> {
  const server = https.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  data = await createDataDirectory();
  directory = await mkdtemp(join(tmpdir(), 'stillroar-kling-api-'));
  const port = await findPort();
  const baseUrl = `https://${HOST}:${port}`;
  const engine = createCopyingEngine({ milliseconds: 300 });
  const models = engine.models.map((model) => ({ ...model, kinds: ['image-to-video' as const] }));
  ({ app } = await startApp(
    data.path,
    { ...engine, models },
    {
      port,
      publicUrl: baseUrl,
      tlsSelfSigned: true,
      testMode: true,
      tasksAtOnce: { free: 1, pro: 1, studio: 1 },
    },
  ));
  Object.assign(https.globalAgent.options, { ca: await readFile(join(data.path, 'tls-cert.pem')), lookup });
  const { clientId, clientSecret } = app.firstKey;
  api = new KlingAPI({ accessKey: clientId, secretKey: clientSecret, baseUrl });
});
afterAll(async () => {
  https.globalAgent.destroy();
  https.globalAgent.options = untouched;
  await app.close();
  await data.remove();
  await rm(directory, { recursive: true, force: true });
});

const fields = { image: picturePath, prompt: 'The sea.', duration: '5', mode: 'std' } as const;
const patience = { interval: 50, timeout: 20_000, showSpinner: false };
const query = (id: string) => api.queryImageToVideoTask(id);

/** Lets the next requests carry a fault of the server's test mode. */
function askForFault(fault: string | undefined): void {
  const { headers } = api.client.defaults;
  if (fault) headers.common['x-stillroar-fault'] = fault;
  else delete headers.common['x-stillroar-fault'];
}

test('finds the server healthy and its account filled', async () => {
  expect(await api.healthCheck()).toBe(true);
  const { data: account } = await api.getAccountInfo(0, Date.now());
  expect(JSON.stringify(account)).toContain('"remaining_quantity":10000');
});

test('makes a video from a file, waits for it and downloads it from the public URL', async () => {
  const created = await api.imageToVideo({ ...fields });
  const result = await api.waitForVideoResult(created.data.task_id, query, patience);
  const [path] = await api.saveVideoResult(result, directory, 'The sea.');
  const picture = await readFile(picturePath);
  expect((await readFile(path!)).equals(asVideo(picture))).toBe(true);
});

test('throws what made a task fail', async () => {
  askForFault('fail');
  const created = await api.imageToVideo({ ...fields });
  askForFault(undefined);
  await expect(api.waitForVideoResult(created.data.task_id, query, patience)).rejects.toThrow(
    'Test mode: this task was made to fail.',
  );
});

test('throws 1303 over the limit, and the slot is free again at the end', async () => {
  const created = await api.imageToVideo({ ...fields });
  const error = await api.imageToVideo({ ...fields }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KlingAPIError);
  expect(error).toMatchObject({
    code: 1303,
    httpStatus: 429,
    message: 'parallel task over resource pack limit',
    requestId: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  await api.waitForVideoResult(created.data.task_id, query, patience);
  const next = await api.imageToVideo({ ...fields });
  await api.waitForVideoResult(next.data.task_id, query, patience);
});

test('tries again after 5001 until the server is back', async () => {
  askForFault('maintenance');
  const statuses: unknown[] = [];
  const watch = api.client.interceptors.response.use(
    undefined,
    (error: { response?: { data?: { code: number } } }) => {
      statuses.push(error.response?.data?.code);
      askForFault(undefined);
      return Promise.reject(error);
    },
  );
  const created = await api.imageToVideo({ ...fields });
  api.client.interceptors.response.eject(watch);
  expect(statuses).toEqual([5001]);
  await api.waitForVideoResult(created.data.task_id, query, patience);
});

test('says why text2video is not there, and what a wrong secret means', async () => {
  await expect(api.textToVideo({ prompt: 'The sea.' })).rejects.toMatchObject({
    code: 1203,
    httpStatus: 404,
  });
  const { clientId } = app.firstKey;
  const stranger = new KlingAPI({
    accessKey: clientId,
    secretKey: 'x'.repeat(24),
    baseUrl: api.client.defaults.baseURL!,
  });
  await expect(stranger.getAccountInfo(0, 1)).rejects.toMatchObject({ code: 1000, httpStatus: 401 });
});
