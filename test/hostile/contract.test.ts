import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialects } from '../../src/dialects/index.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { asVideo, createCopyingEngine } from '../support/copying-engine.ts';
import type { NativeTask } from '../support/native.ts';
import { api, createCompiler } from '../support/openapi.ts';
import { startFileServer } from '../support/server.ts';
import { bodiesFor } from './bodies.ts';
import { isLong, postRoutes, startWorld, type World } from './world.ts';

// Whatever is sent: an answer in the dialect's own envelope, never a defect, and a refusal costs and leaves nothing. That
// every answer is as the reference describes it is checked for all tests in support/check-answers.ts.

const runs = isLong ? 5_000 : 500;

let world: World;
let task: NativeTask;
let isBusy = false;
let files: Awaited<ReturnType<typeof startFileServer>>;
beforeAll(async () => {
  files = await startFileServer((_request, response) => response.end(asVideo(Buffer.from('film'))));
  const copying = createCopyingEngine({ lastFrame: true });
  const engine: Engine = {
    ...copying,
    async status(operation, signal) {
      if (!isBusy) return copying.status(operation, signal);
      await sleep(1_000, undefined, { signal }).catch(() => {});
      return { state: 'running', progress: 1, stage: 'rendering' };
    },
  };
  world = await startWorld({ allowHosts: ['127.0.0.1'] }, engine);
  const { body } = await world.owner.post('/api/v1/tasks', { image: `${world.url}/samples/sunset.jpg` });
  task = await world.owner.wait(body.id, 'completed');
  // What is made from here on waits, and costs what it says.
  isBusy = true;
});
afterAll(async () => {
  await world.close();
  await files.close();
});

test.each(dialects.map(({ name }) => name))('%s answers whatever the body is', async (name) => {
  const dialect = dialects.find((one) => one.name === name)!;
  const isOwn = (path: string) =>
    dialect.routes.some((route) => route.path.replace(/:(\w+)/g, '{$1}') === path);
  const routes = postRoutes(world.url, `${files.url}/film.mp4`).filter(({ path }) => isOwn(path));
  const [before, spent] = [await world.credits(), await world.spent()];
  const count = async () =>
    Number(
      (await world.owner.get<{ items: { number: string }[] }>('/api/v1/tasks?limit=1')).body.items[0]!.number,
    );
  const first = await count();
  const statuses = new Map<number, number>();
  const compile = await createCompiler();
  const isError = compile(
    api.paths[routes[0]!.path]!.post!.responses.default!.content![
      name === 'native' ? 'application/problem+json' : 'application/json'
    ]!.schema,
  );
  let made = 0;
  const one = fc.constantFrom(...routes).chain((route) => fc.tuple(fc.constant(route), bodiesFor(route)));
  await fc.assert(
    fc.asyncProperty(one, async ([{ path }, body]) => {
      const response = await fetch(world.url + path.replace('{id}', task.id), {
        method: 'POST',
        headers: { ...world.owner.credentials, 'content-type': 'application/json' },
        body: body as string,
      });
      const { status, headers } = response;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(status, `${path} ${body}`).toBeLessThan(500);
      expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const answer = (await response.json()) as Record<string, unknown>;
      const isRefused = status >= 400 || (name === 'akool' && answer.code !== 1000);
      if (isRefused) expect(isError(answer), JSON.stringify(answer)).toBe(true);
      // An error says what it is about and nothing of the inside.
      if (isRefused) expect(JSON.stringify(answer)).not.toMatch(/node_modules|\/src\/|at \w+ \(|Zod|SQL/);
      else made++;
    }),
    { numRuns: runs, seed: 7 },
  );
  const cost = (await world.spent()) - spent;
  expect(before - (await world.credits())).toBe(cost);
  const counts = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ');
  console.log(
    `${runs} bodies for ${routes.length} routes: ${counts}; ${made} accepted, ${(await count()) - first} tasks, ` +
      `${cost} credits for those that were accepted`,
  );
  expect(made).toBeGreaterThan(runs / 20);
});

test('queries and paths are answered whatever they say', async () => {
  const gets = dialects.flatMap(({ routes }) =>
    routes.filter(({ method }) => method === 'GET').map(({ path }) => path),
  );
  const names = [
    'after',
    'limit',
    'state',
    'kind',
    'text',
    'since',
    'until',
    'task',
    'pageNum',
    'pageSize',
    'types[]',
    'start_time',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '-1',
      '0',
      '1e9',
      '99999999999999999999',
      "'; drop table task; --",
      '%',
      '\\',
      '\u0000',
      '../..',
      '__proto__',
    ),
  );
  const statuses = new Map<number, number>();
  const query = fc.array(fc.tuple(fc.constantFrom(...names), text), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...gets), query, text, async (path, pairs, id) => {
      // Half of a surrogate pair stands in no URL.
      const encode = (value: string) => encodeURIComponent(value.replace(/\p{Surrogate}/gu, ''));
      const parameters = pairs.map(([name, value]) => `${name}=${encode(value)}`).join('&');
      const address = `${world.url}${path.replace(/:\w+/, encode(id) || '0')}?${parameters}`;
      const response = await fetch(address, { headers: world.owner.credentials, redirect: 'manual' });
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect(response.status, address).toBeLessThan(500);
      await response.arrayBuffer();
    }),
    { numRuns: runs, seed: 8 },
  );
  console.log(
    `${runs} queries: ${[...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')}`,
  );
});
