import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { readSecretKey } from '../src/credits/secret-key.ts';
import { dialects } from '../src/dialects/index.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, databaseUrlOf } from './support/database.ts';
import { type Answer, post, startApp, waitForResult } from './support/server.ts';

// Accounts are made with the program's own commands, as the build left it in dist/.

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const suite = '/api/open/v4/image2Video';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let databaseUrl: string | undefined;
let app: App;
let url: string;
let owner: Record<string, string>;
let stranger: Record<string, string>;
let strangerUid: string;
let strangerId: string;

/** Runs `stillroar …` on the data directory; answers what it prints. */
async function stillroar(...parameters: string[]): Promise<string> {
  const environment = { ...process.env };
  for (const name of Object.keys(environment)) if (name.startsWith('STILLROAR_')) delete environment[name];
  if (databaseUrl) {
    environment.DATABASE_URL = databaseUrl;
    environment.STILLROAR_SECRET_KEY = await readSecretKey(data.path);
  }
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...parameters, '--data', data.path], {
    cwd: data.path,
    env: environment,
  });
  return stdout;
}

const read = (text: string, name: string) => new RegExp(`${name} +(\\S+)`).exec(text)?.[1] ?? '';

beforeAll(async () => {
  data = await createDataDirectory();
  databaseUrl = await databaseUrlOf(data.path);
  // A first start makes the first account.
  const first = await startApp(data.path, createCopyingEngine());
  await first.app.close();
  const made = await stillroar('accounts', 'create', '--plan', 'free', '--credits', '100');
  strangerUid = read(made, 'account');
  strangerId = read(made, 'client id');
  stranger = { 'x-api-key': read(made, 'API key') };
  ({ app, url } = await startApp(data.path, createCopyingEngine({ milliseconds: 300 })));
  owner = { 'x-api-key': app.firstKey.clientSecret };
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

const fields = () => ({
  image_url: `${url}/samples/sunset.jpg`,
  prompt: 'x',
  resolution: '720p',
  audio_type: 3,
  video_length: 5,
});

async function call(key: Record<string, string>, route: string, body: unknown): Promise<Answer> {
  return (await post(url + suite + route, body, key)).body;
}

async function credits(key: Record<string, string>): Promise<number> {
  const response = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: key });
  return ((await response.json()) as { data: { credit: number } }).data.credit;
}

test('another account’s ids behave like unknown ids on every route that takes one', async () => {
  const { data: made } = await call(owner, '/createBySourcePrompt', fields());
  await waitForResult(url, owner, String(made._id));
  const unknown = '0'.repeat(24);
  const withoutId = (answer: Answer, id: unknown) => JSON.stringify(answer).replaceAll(String(id), 'ID');
  const taking: [string, (id: unknown) => object][] = [
    ['/resultsByIds', (id) => ({ _ids: id })],
    ['/delbyids', (id) => ({ _ids: id })],
    ['/updateVideoAudio', (id) => ({ pre_video_id: id, audio_type: 1 })],
  ];
  for (const [route, body] of taking) {
    const foreign = await call(stranger, route, body(made._id));
    expect(withoutId(foreign, made._id), route).toBe(
      withoutId(await call(stranger, route, body(unknown)), unknown),
    );
  }
  const takesIds = dialects
    .filter(({ name }) => name === 'akool')
    .flatMap(({ routes }) => routes)
    .filter(({ body }) => body && /_ids?\b/.test(JSON.stringify(Object.keys(shapeOf(body)))));
  console.log(
    `${takesIds.length} routes take an id: ${takesIds.map(({ path }) => path.split('/').pop()).join(', ')}`,
  );
  // Kling's routes have the same test beside theirs.
  expect(takesIds).toHaveLength(taking.length);
  expect((await call(owner, '/resultsByIds', { _ids: made._id })).data.result).toHaveLength(1);
});

/** The fields of a route's body schema. */
function shapeOf(schema: unknown): object {
  const { shape, in: input, out } = schema as { shape?: object; in?: unknown; out?: unknown };
  return shape ?? (out || input ? { ...shapeOf(out ?? {}), ...shapeOf(input ?? {}) } : {});
}

test('the free plan has neither ten seconds nor premium, and two tasks at a time', async () => {
  const before = await credits(stranger);
  for (const change of [{ video_length: 10 }, { is_premium_model: true }]) {
    const { code, msg } = await call(stranger, '/createBySourcePrompt', { ...fields(), ...change });
    expect([code, msg]).toEqual([1104, expect.stringContaining(Object.keys(change)[0]!)]);
  }
  const batch = await post(`${url}${suite}/createBySourcePrompt/batch`, { ...fields(), count: 3 }, stranger);
  const { successList, errorList } = batch.body.data as unknown as Record<
    string,
    { _id: string; code: number }[]
  >;
  expect(successList).toHaveLength(2);
  expect(errorList).toMatchObject([{ index: 2, code: 1005, msg: expect.stringContaining('2 tasks') }]);
  const more = await post(`${url}${suite}/createBySourcePrompt`, fields(), stranger);
  expect(more.body.code).toBe(1005);
  expect(more.headers.get('retry-after')).toBe('5');
  expect(before - (await credits(stranger))).toBe(40);
  for (const { _id } of successList!) await waitForResult(url, stranger, _id);
});

test('a batch that cannot be paid at all is an error, not an empty list', async () => {
  const { code, msg } = await call(stranger, '/createBySourcePrompt/batch', {
    ...fields(),
    resolution: '4k',
    count: 2,
  });
  expect(code).toBe(1000);
  const again = await call(stranger, '/createBySourcePrompt/batch', {
    ...fields(),
    resolution: '4k',
    count: 2,
  });
  expect(again.code, msg).toBe(1006);
  expect(again.data).toBeUndefined();
});

test('in a directory where no server was ever started the commands say so, and leave nothing there', async () => {
  const elsewhere = await createDataDirectory();
  const directory = `${elsewhere.path}/none`;
  for (const words of ['accounts list', 'keys list', 'studio', 'backup x.backup', 'keys reseal']) {
    const run = promisify(execFile)(process.execPath, [cli, ...words.split(' '), '--data', directory], {
      env: { ...process.env, DATABASE_URL: '' },
    });
    await expect(run, words).rejects.toMatchObject({
      stderr: expect.stringContaining(`No server has ever been started in ${directory}`),
    });
    expect(existsSync(directory), words).toBe(false);
  }
  await elsewhere.remove();
});

test('the commands work beside a server on PostgreSQL, and say that one on the embedded database must be stopped', async () => {
  if (databaseUrl) {
    expect(await stillroar('accounts', 'list')).toContain('10000');
    return;
  }
  await expect(stillroar('accounts', 'list')).rejects.toMatchObject({
    stderr: expect.stringContaining(`in use by process ${process.pid}. Stop that server first`),
  });
});

test('the commands list, credit, change plans, suspend, and make, show and revoke keys', async () => {
  await app.close();
  expect(await stillroar('accounts', 'list')).toMatch(/10000[\s\S]*free/);
  const before = Number(
    /has (\d+) credits/.exec(await stillroar('accounts', 'credit', strangerUid, '50'))![1],
  );
  expect(before).toBeGreaterThanOrEqual(50);
  expect(await stillroar('accounts', 'plan', strangerUid, 'pro')).toContain('the plan pro');
  const second = { 'x-api-key': read(await stillroar('keys', 'create', strangerUid), 'API key') };
  expect(await stillroar('keys', 'show', strangerId)).toContain(stranger['x-api-key']);
  expect(await stillroar('keys', 'show')).toContain(owner['x-api-key']);
  await stillroar('keys', 'revoke', strangerId);
  expect(await stillroar('keys', 'list', '--account', strangerUid)).toContain(strangerId);
  await expect(stillroar('accounts', 'plan', '999', 'pro')).rejects.toMatchObject({
    stderr: expect.stringContaining('There is no account 999'),
  });
  await expect(stillroar('accounts', 'credit', strangerUid, 'many')).rejects.toMatchObject({ code: 2 });

  ({ app, url } = await startApp(data.path, createCopyingEngine()));
  expect(await credits(second)).toBe(before);
  expect((await call(stranger, '/resultsByIds', { _ids: 'x' })).code).toBe(1109);
  const long = await call(second, '/createBySourcePrompt', { ...fields(), video_length: 10 });
  expect(long.code).toBe(1000);
  await waitForResult(url, second, String(long.data._id));
  await app.close();

  expect(await stillroar('accounts', 'suspend', strangerUid)).toContain('is suspended');
  ({ app, url } = await startApp(data.path, createCopyingEngine()));
  expect((await call(second, '/resultsByIds', { _ids: 'x' })).code).toBe(1200);
  expect(await credits(owner)).toBeLessThan(10_000);
});
