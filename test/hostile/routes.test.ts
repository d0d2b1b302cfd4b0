import type { FastifyInstance, RouteOptions } from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { dialects } from '../../src/dialects/index.ts';
import type { NativeTask } from '../support/native.ts';
import { postRoutes, startWorld, type World } from './world.ts';

// Who may call what. The routes are those that the server itself has registered: one that no decision is stated for
// fails here.

const registered: { method: string; path: string }[] = [];
vi.mock('fastify', async (original) => {
  const module = await original<typeof import('fastify')>();
  const create = (options: object): FastifyInstance => {
    const server = module.default(options);
    server.addHook('onRoute', ({ method, url }: RouteOptions) => {
      for (const one of [method].flat()) registered.push({ method: one, path: url });
    });
    return server;
  };
  return { ...module, default: create };
});

/**
 * Decisions that no dialect's table states. `account`: by a key or a session. `secret`: by what the URL itself holds,
 * which nobody can guess. `public`: by everybody. `operator`: by a token of its own, or from this machine.
 */
const decisions: Record<string, 'account' | 'secret' | 'public' | 'operator'> = {
  'POST /api/v1/uploads': 'account',
  'GET /api/v1/events': 'account',
  'POST /mcp': 'account',
  // Says that there is nothing to be had.
  'GET /mcp': 'public',
  'DELETE /mcp': 'public',
  'POST /api/v1/session': 'account',
  // Ends the session of the cookie that comes along, if one does.
  'DELETE /api/v1/session': 'secret',
  'GET /sign-in': 'secret',
  'GET /files/:key': 'secret',
  'GET /samples/*': 'public',
  'GET /assets/*': 'public',
  'GET /metrics': 'operator',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /openapi.json': 'public',
  'GET /docs': 'public',
  // The studio's one document; what it shows it asks for with the session.
  'GET /': 'public',
  'GET /task/:id': 'public',
  'GET /library': 'public',
  'GET /compare/:left/:right': 'public',
  'GET /sound': 'public',
  'GET /effects': 'public',
  'GET /activity': 'public',
  'GET /account': 'public',
  'GET /code': 'public',
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

interface Decided {
  method: string;
  path: string;
  access: string;
}

function decidedRoutes(): { routes: Decided[]; undecided: string[] } {
  const stated = new Map<string, string>(Object.entries(decisions));
  for (const { routes } of dialects) {
    for (const { method, path, access } of routes) stated.set(`${method} ${path}`, access);
  }
  // HEAD goes with its GET, and the preflight of every path is the same.
  const own = registered.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');
  const routes = own.map(({ method, path }) => ({
    method,
    path,
    access: stated.get(`${method} ${path}`) ?? 'none',
  }));
  const undecided = routes.filter(({ access }) => access === 'none');
  return { routes, undecided: undecided.map(({ method, path }) => `${method} ${path}`) };
}

/** Whether the answer says that the caller is not known. */
async function turnsAway(response: Response): Promise<boolean> {
  const text = await response.text();
  if (response.status === 401) return true;
  // Akool says it with status 200.
  return response.status === 200 && /^\{"code":11(01|02|09),/.test(text);
}

test('every route has a stated decision, and keeps it', async () => {
  const { routes, undecided } = decidedRoutes();
  expect(undecided).toEqual([]);
  const secretKey = 'x'.repeat(24);
  for (const { method, path, access } of routes) {
    const address = world.url + path.replace(/:\w+|\*/g, '000000000000000000000000');
    const json = method === 'POST' && { 'content-type': 'application/json' };
    const body = method === 'POST' && { body: '{}' };
    const wrong: Record<string, string>[] = [
      {},
      { 'x-api-key': secretKey },
      { authorization: `Bearer ${secretKey}` },
      { authorization: 'Bearer e30.e30.e30' },
      { authorization: 'Basic YTpi' },
      { cookie: 'stillroar_session=guessed', origin: 'https://elsewhere.example' },
    ];
    for (const headers of wrong) {
      const response = await fetch(address, {
        method,
        headers: { ...headers, ...json },
        ...body,
        redirect: 'manual',
      });
      const isTurnedAway = await turnsAway(response);
      const name = `${method} ${path} with ${JSON.stringify(headers)}: ${response.status}`;
      expect(response.status, name).not.toBe(500);
      if (access === 'account') expect(isTurnedAway, name).toBe(true);
      if (access === 'public' && !path.includes('getToken')) expect(isTurnedAway, name).toBe(false);
    }
  }
  const count = (access: string) => routes.filter((route) => route.access === access).length;
  console.log(
    `${routes.length} routes: ${count('account')} for accounts, ${count('secret')} by a secret in the URL or cookie, ` +
      `${count('public')} public; 6 kinds of wrong credentials each`,
  );
});

test('whatever an account owns is unknown to another, on every route and in every field', async () => {
  const { owner, stranger, url } = world;
  const { body: task } = await owner.post('/api/v1/tasks', {
    image: `${url}/samples/sunset.jpg`,
    externalId: 'my own name',
    webhookUrl: 'http://127.0.0.1:9/',
  });
  await owner.wait(task.id, 'completed');
  const { body: batch } = await owner.post<{ items: NativeTask[] }>('/api/v1/tasks', {
    image: `${url}/samples/sunset.jpg`,
    count: 2,
  });
  await owner.wait(batch.items[1]!.id, 'completed');
  const form = new FormData();
  form.set('file', new Blob([Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAUwAOw==', 'base64')]));
  const sent = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: owner.credentials,
    body: form,
  });
  const upload = (await sent.json()) as { id: string };
  expect(sent.status).toBe(201);
  type List = { items: { id: string }[] };
  const { body: keys } = await owner.get<{ items: { clientId: string }[] }>('/api/v1/keys');
  const { body: deliveries } = await owner.get<List>('/api/v1/webhooks');
  const mine: Record<string, string> = {
    task: task.id,
    number: task.number,
    name: 'my own name',
    upload: upload.id,
    key: keys.items[0]!.clientId,
    delivery: deliveries.items[0]!.id,
  };
  const unknown: Record<string, string> = {
    task: '0'.repeat(24),
    number: '99999999',
    name: 'no such name',
    upload: '0'.repeat(24),
    key: 'A'.repeat(16),
    delivery: '99999999',
  };
  for (const list of ['tasks', 'ledger', 'webhooks', 'keys']) {
    const text = JSON.stringify((await stranger.get(`/api/v1/${list}`)).body);
    for (const id of [mine.task, mine.name, mine.key]) expect(text.includes(id!), list).toBe(false);
  }
  const asks: { name: string; ask(id: string): Promise<{ status: number; body: unknown }> }[] = [];
  const { routes } = decidedRoutes();
  for (const { method, path, access } of routes) {
    if (access !== 'account' || !path.includes(':')) continue;
    asks.push({
      name: `${method} ${path}`,
      ask: (id) =>
        stranger.call(
          method,
          path.replace(/:\w+/, encodeURIComponent(id)),
          method === 'POST' ? {} : undefined,
        ),
    });
  }
  // Whatever a field is called: it may take an id.
  for (const { path, fields, example } of postRoutes(url, `${url}/files/none.mp4`)) {
    for (const [name, { enum: words, type }] of Object.entries(fields)) {
      if (path.includes('{') || words || type === 'boolean' || type === 'integer' || type === 'number')
        continue;
      if (/prompt$|^name$|external/i.test(name)) continue;
      asks.push({
        name: `POST ${path} ${name}`,
        // A video comes by its URL or by its id.
        ask: (id) => stranger.post(path, { ...example, video_url: undefined, [name]: id }),
      });
    }
  }
  for (const query of ['/api/v1/webhooks?task=', '/api/v1/events?task=']) {
    asks.push({ name: `GET ${query}`, ask: (id) => stranger.get(query + encodeURIComponent(id)) });
  }
  let compared = 0;
  const leaks: string[] = [];
  for (const { name, ask } of asks) {
    for (const [kind, id] of Object.entries(mine)) {
      // The numbers of callbacks are small, and their own.
      if (kind === 'delivery' && !name.includes('/webhooks')) continue;
      const plain = ({ status, body }: { status: number; body: unknown }, own: string) =>
        `${status} ${JSON.stringify(body)}`
          .replace(new RegExp(`(?<!\\w)(${own}|${encodeURIComponent(own)})(?!\\w)`, 'g'), 'ID')
          .replace(/"request_?[iI]d":"\w+"/g, '');
      const known = plain(await ask(id), id);
      const strange = plain(await ask(unknown[kind]!), unknown[kind]!);
      compared++;
      // What was made of either has an id and a time of its own.
      if (known !== strange && !/"(task_id|_id|id)":/.test(known)) leaks.push(`${name}, ${kind}: ${known}`);
      expect(known.includes(task.number) && kind !== 'number', `${name}, ${kind}`).toBe(false);
    }
  }
  expect(leaks).toEqual([]);
  // All of it is still there.
  expect((await owner.get(`/api/v1/tasks/${task.id}`)).body.state).toBe('completed');
  expect((await owner.get<typeof keys>('/api/v1/keys')).body.items).toHaveLength(keys.items.length);
  console.log(`${asks.length} places that take an id, ${compared} pairs of answers compared: 0 leaks`);
});
