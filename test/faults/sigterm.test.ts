import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { createEmbeddedDirectory } from '../support/database.ts';
import { createNativeCaller } from '../support/native.ts';
import { readBooks, startNode } from './cluster.ts';

// A server that is told to end while it works and while answers are under way.

const picture = fileURLToPath(new URL('../../samples/sunset.jpg', import.meta.url));
const settings = { STILLROAR_PUBLIC_URL: 'http://stillroar.example', STILLROAR_SLOTS: '2' };
const UPLOADS = 20;
const PIECES = 10;

/** Sends a file in pieces over so many ms; resolves to the status and the moment of the answer. */
async function uploadSlowly(url: string, key: string, bytes: Buffer, milliseconds: number) {
  const upload = request(`${url}/api/v1/uploads`, {
    method: 'POST',
    agent: new Agent(),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg', 'content-length': bytes.length },
  });
  const answered = once(upload, 'response');
  const size = Math.ceil(bytes.length / PIECES);
  for (let start = 0; start < bytes.length; start += size) {
    upload.write(bytes.subarray(start, start + size));
    await sleep(milliseconds / PIECES);
  }
  upload.end();
  const [response] = await answered;
  await once(response.resume(), 'end');
  return { status: response.statusCode as number, at: performance.now() };
}

test('SIGTERM: answers under way are finished, new requests sent elsewhere, tasks taken up again', async () => {
  const data = await createEmbeddedDirectory();
  const node = await startNode('serve', data.path, { ...settings, TEST_WORK_MILLISECONDS: '60000' });
  const caller = createNativeCaller(node.url, { authorization: `Bearer ${node.key}` });
  const ids: string[] = [];
  for (let index = 0; index < 6; index++) {
    const image = `${settings.STILLROAR_PUBLIC_URL}/samples/sunset.jpg`;
    ids.push((await caller.post('/api/v1/tasks', { image, prompt: 'x' })).body.id);
  }
  await caller.wait(ids[1]!, 'processing');

  const bytes = await readFile(picture);
  const uploads = Array.from({ length: UPLOADS }, () => uploadSlowly(node.url, node.key, bytes, 3_000));
  await sleep(500);
  const ended = once(node.process, 'exit').then(([code]) => ({ code, at: performance.now() }));
  const told = performance.now();
  node.process.kill('SIGTERM');
  let ready = await caller.get<{ status: string; reason: string }>('/readyz');
  while (ready.status === 200) ready = await caller.get('/readyz');
  const notReady = performance.now() - told;
  expect([ready.status, ready.body.reason]).toEqual([503, 'The server is stopping.']);
  const late = await caller.get<{ code: string }>('/api/v1/tasks');
  expect([late.status, late.body.code, late.headers.get('retry-after')]).toEqual([503, 'maintenance', '5']);

  const answers = await Promise.all(uploads);
  const { code, at } = await ended;
  const afterLast = at - Math.max(...answers.map((answer) => answer.at));
  console.log(
    `SIGTERM with ${UPLOADS} uploads and 2 tasks at work: readiness 503 after ${notReady.toFixed(0)} ms, ` +
      `${answers.filter(({ status }) => status === 201).length} of ${UPLOADS} answers complete, ` +
      `the process gone ${afterLast.toFixed(0)} ms after the last`,
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(UPLOADS).fill(201));
  expect(code).toBe(0);

  const next = await startNode('serve', data.path, { ...settings, TEST_WORK_MILLISECONDS: '50' });
  const again = createNativeCaller(next.url, { authorization: `Bearer ${next.key}` });
  for (const id of ids) await again.wait(id, 'completed');
  await next.stop();
  const opened = await openDatabase({ dataDirectory: data.path, databaseUrl: undefined });
  const books = await readBooks(opened);
  await opened.close();
  console.log(
    `${ids.length} tasks acknowledged, ${books.completed} completed, ${books.chargedWrongly} charged wrongly`,
  );
  expect(books).toMatchObject({ tasks: 6, completed: 6, chargedWrongly: 0, unbalanced: 0 });
  await data.remove();
});
