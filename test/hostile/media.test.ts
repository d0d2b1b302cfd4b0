import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../src/random.ts';
import type { NativeTask } from '../support/native.ts';
import { badFiles, intactFiles, mutate, type NamedFile, oddFiles } from './bad-files.ts';
import { type PictureBomb, pictureBombs } from './picture-bombs.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { isLong, startNeighbours } from './world.ts';

// Files of strangers are read in processes of their own. Whatever they hold: the server lives, and says what is wrong.
// The server is the built one: what is measured is its own event loop.

const mutations = isLong ? 10_000 : 100;

let server: ServerProcess;
let neighbours: Awaited<ReturnType<typeof startNeighbours>>;
let intact: NamedFile[];
let bad: NamedFile[];
let bombs: PictureBomb[];
/** What 127.0.0.2 serves, by its path. */
const served = new Map<string, Buffer>();

beforeAll(async () => {
  neighbours = await startNeighbours((request, response) => {
    const bytes = served.get(request.url!);
    if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  server = await startServerProcess({
    STILLROAR_ALLOW_HOSTS: '127.0.0.2',
    STILLROAR_UPLOAD_MEGABYTES: '100000',
  });
  intact = await intactFiles();
  bombs = await pictureBombs();
  bad = badFiles(intact, `http://127.0.0.1:${neighbours.port}/secret`);
});
afterAll(async () => {
  await server.close();
  neighbours.close();
});

/** Sends a file; answers how it was received, and asserts what holds for every file. */
async function send({
  name,
  bytes,
}: NamedFile): Promise<{ isTaken: boolean; reason: string; milliseconds: number }> {
  const start = performance.now();
  const response = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...server.owner.credentials, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  const milliseconds = performance.now() - start;
  const answer = (await response.json()) as { detail?: string };
  expect(response.status, name).toBeLessThan(500);
  if (response.status !== 201) expect(answer.detail, name).toMatch(/^[A-Z].+\.$/s);
  return { isTaken: response.status === 201, reason: answer.detail ?? '', milliseconds };
}

test('reads intact files of every format, and refuses each of the bad ones with a reason', async () => {
  for (const file of intact) expect((await send(file)).reason, file.name).toBe('');
  await server.longestStall();
  const times: { name: string; milliseconds: number }[] = [];
  const taken: string[] = [];
  for (const file of bad) {
    const { isTaken, milliseconds } = await send(file);
    if (isTaken) taken.push(file.name);
    times.push({ name: file.name, milliseconds });
  }
  times.sort((one, other) => one.milliseconds - other.milliseconds);
  for (const file of oddFiles(intact)) await send(file);
  const stall = await server.longestStall();
  expect(taken).toEqual([]);
  expect(neighbours.secretHits).toEqual([]);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  console.log(
    `${bad.length} bad files refused, half of them within ${times[times.length >> 1]!.milliseconds.toFixed(0)} ms, ` +
      `the slowest (${times.at(-1)!.name}) after ${times.at(-1)!.milliseconds.toFixed(0)} ms; ` +
      `longest stall of the event loop ${stall.toFixed(0)} ms`,
  );
});

test('what hides around a small picture costs nobody time', async () => {
  await server.longestStall();
  let slowest = { name: '', milliseconds: 0 };
  for (const bomb of bombs) {
    const { isTaken, milliseconds } = await send(bomb);
    expect(isTaken, bomb.name).toBe(bomb.isShown);
    if (milliseconds > slowest.milliseconds) slowest = { name: bomb.name, milliseconds };
  }
  console.log(
    `${bombs.length} pictures wrapped in texts, profiles, pages and scans: the slowest (${slowest.name}) after ` +
      `${slowest.milliseconds.toFixed(0)} ms, its upload included; longest stall ${(await server.longestStall()).toFixed(0)} ms`,
  );
});

test(`survives ${mutations} damaged copies of intact files`, async () => {
  const random = createRandom(2026);
  await server.longestStall();
  const reasons = new Map<string, number>();
  let slowest = { name: '', milliseconds: 0 };
  for (let index = 0; index < mutations; index++) {
    const { name, bytes } = intact[index % intact.length]!;
    const { reason, milliseconds } = await send({ name: `${name} ${index}`, bytes: mutate(bytes, random) });
    const key = reason.slice(0, 60) || 'taken';
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
    if (milliseconds > slowest.milliseconds) slowest = { name: `${name} ${index}`, milliseconds };
  }
  const stall = await server.longestStall();
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  const lines = [...reasons].map(([reason, times]) => `${times} × ${reason}`).join('\n  ');
  console.log(
    `${mutations} damaged files, the slowest (${slowest.name}) after ${slowest.milliseconds.toFixed(0)} ms; ` +
      `longest stall ${stall.toFixed(0)} ms\n  ${lines}`,
  );
});

test('a task with such a file fails with a reason, and costs nothing', async () => {
  const before = await server.credits();
  const films = bad.filter(({ name }) => /MP4|film|Matroska|playlist/.test(name));
  const pictures = bad.filter(({ name }) => /PNG|JPEG|GIF|TIFF|AVIF|WebP/.test(name));
  const given = isLong
    ? [...films, ...pictures]
    : [...films.filter((_, index) => index % 3 === 0), ...pictures.filter((_, index) => index % 4 === 0)];
  let slowest = 0;
  for (const [index, { name, bytes }] of given.entries()) {
    served.set(`/${index}`, bytes);
    const url = `http://127.0.0.2:${neighbours.port}/${index}`;
    const body = films.some((film) => film.name === name) ? { video: url } : { image: url };
    const start = performance.now();
    const { body: task } = await server.owner.post<NativeTask>('/api/v1/tasks', body);
    const ended = await server.owner.wait(task.id, 'completed', 'failed');
    slowest = Math.max(slowest, performance.now() - start);
    expect(ended.state, name).toBe('failed');
    expect(ended.error!.message, name).toMatch(/^[A-Z].+\.$/s);
    expect(ended.error!.code, name).not.toMatch(/internal|engine-failed|engine-lost/);
  }
  expect(await server.credits()).toBe(before);
  expect(neighbours.secretHits).toEqual([]);
  console.log(`${given.length} tasks failed with a reason, the slowest after ${slowest.toFixed(0)} ms`);
});
