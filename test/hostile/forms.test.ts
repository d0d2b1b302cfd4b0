import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialects } from '../../src/dialects/index.ts';
import { api, createCompiler } from '../support/openapi.ts';
import { formsFor, writeForm } from './forms.ts';
import { isLong, startWorld, type World } from './world.ts';

// Whatever a form looks like: an answer in the route's own envelope, never a defect, and a refusal costs and leaves
// nothing. The routes and their fields are those that the reference has.

const runs = isLong ? 5_000 : 500;

let world: World;
let picture: Buffer;
beforeAll(async () => {
  world = await startWorld({ allowHosts: ['127.0.0.1'] });
  picture = Buffer.from(await (await fetch(`${world.url}/samples/sunset.jpg`)).arrayBuffer());
});
afterAll(async () => {
  await world.close();
});

/** The reference has the fields of forms as those of bodies of JSON where a route takes both. */
const routes = Object.entries(api.paths).flatMap(([path, methods]) => {
  const { content = {} } = methods.post?.requestBody ?? {};
  const takesForms = dialects.some(
    (dialect) => dialect.takesForms && dialect.routes.some((route) => route.path === path),
  );
  const media = content['multipart/form-data'] ?? (takesForms ? content['application/json'] : undefined);
  const { properties = {} } = (media?.schema ?? {}) as { properties?: Record<string, unknown> };
  return media ? [{ path, fields: Object.keys(properties) }] : [];
});

test('forms are taken in two places', () => {
  expect(routes.map(({ path }) => path).sort()).toEqual(['/api/v1/uploads', '/v1/videos']);
});

test('a refused upload leaves its connection to the next request', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(world.url);
  const ask = (method: string, path: string, body: Buffer) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...world.owner.credentials, 'content-length': body.length };
      request({ agent, hostname, port, method, path, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode));
      })
        .on('error', reject)
        .end(body);
    });
  expect(await ask('POST', '/api/v1/uploads', Buffer.alloc(3_000_000, 'x'))).toBe(400);
  expect(await ask('GET', '/api/v1/account', Buffer.alloc(0))).toBe(200);
  agent.destroy();
});

test.each(routes)('$path answers whatever the form is', async ({ path, fields }) => {
  const compile = await createCompiler();
  const type = path.startsWith('/api') ? 'application/problem+json' : 'application/json';
  const isError = compile(api.paths[path]!.post!.responses.default!.content![type]!.schema);
  const stored = async () =>
    (await world.owner.get<{ uploads: { bytes: number } }>('/api/v1/account')).body.uploads.bytes;
  const [credits, spent, bytes] = [await world.credits(), await world.spent(), await stored()];
  const statuses = new Map<number, number>();
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(formsFor(fields, picture), async (form) => {
      const { contentType, body } = writeForm(form);
      const response = await fetch(world.url + path, {
        method: 'POST',
        headers: { ...world.owner.credentials, 'content-type': contentType },
        body: new Uint8Array(body),
      });
      const { status } = response;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const told = JSON.stringify({ contentType, body: body.toString('latin1').slice(0, 400) });
      expect(status, told).toBeLessThan(500);
      const answer = (await response.json()) as { bytes?: number };
      kept += answer.bytes ?? 0;
      if (status < 400) return;
      expect(isError(answer), `${told} ${JSON.stringify(answer)}`).toBe(true);
      expect(JSON.stringify(answer)).not.toMatch(/node_modules|\/src\/|at \w+ \(|Zod|SQL/);
    }),
    { numRuns: runs, seed: 11 },
  );
  await world.settle();
  expect(credits - (await world.credits())).toBe((await world.spent()) - spent);
  if (path === '/api/v1/uploads') expect((await stored()) - bytes).toBe(kept);
  const counts = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ');
  console.log(`${runs} forms for ${path}: ${counts}`);
  expect([...statuses.keys()].some((status) => status < 300)).toBe(true);
});

test('the name of a file is nothing that is kept', async () => {
  const names = [
    '../../etc/passwd',
    '..\\..\\x',
    'a\0.jpg',
    'x'.repeat(7_000),
    '\u202egpj.exe',
    '"; name="prompt',
    'CON',
  ];
  for (const name of names) {
    const part = { name: 'file', fileName: name, contentType: 'text/html', content: picture };
    const { contentType, body } = writeForm({ boundary: 'b', parts: [part], ending: '--\r\n' });
    const response = await fetch(`${world.url}/api/v1/uploads`, {
      method: 'POST',
      headers: { ...world.owner.credentials, 'content-type': contentType },
      body: new Uint8Array(body),
    });
    expect(response.status, name).toBe(201);
    const { url } = (await response.json()) as { url: string };
    const file = await fetch(url);
    expect(file.headers.get('content-type')).toBe('image/jpeg');
    expect(file.headers.get('content-disposition')).toMatch(/^inline; filename="[0-9a-f]{32}\.jpg"$/);
  }
});

test('a form of 10,000 parts, and one that never comes to its end, are refused', async () => {
  const small = { name: 'x', fileName: undefined, contentType: '', content: Buffer.from('y') };
  for (const { path } of routes) {
    const many = writeForm({ boundary: 'b', parts: new Array(10_000).fill(small), ending: '--\r\n' });
    const endless = { contentType: many.contentType, body: Buffer.alloc(3_000_000, 'x') };
    for (const { contentType, body } of [many, endless]) {
      const response = await fetch(world.url + path, {
        method: 'POST',
        headers: { ...world.owner.credentials, 'content-type': contentType },
        body: new Uint8Array(body),
      });
      expect(response.status, path).toBe(400);
      expect(await response.text()).toMatch(/more than 100 parts|ends too early/);
    }
  }
});
