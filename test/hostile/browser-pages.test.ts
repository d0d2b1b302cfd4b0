import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

// What a page of somebody else's in the reader's own browser can do with this server: nothing.

let world: World;
let cookie: string;
beforeAll(async () => {
  world = await startWorld();
  const response = await fetch(`${world.url}/api/v1/session`, {
    method: 'POST',
    headers: world.owner.credentials,
  });
  cookie = response.headers.get('set-cookie')!.split(';')[0]!;
});
afterAll(() => world.close());

/** A request as a browser sends it: `fetch` would not let a test set Host. */
function send(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.url);
    const type: Record<string, string> = method === 'POST' ? { 'content-type': 'application/json' } : {};
    const sent = request({ hostname, port, method, path, headers: { ...type, ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end(method === 'POST' ? '{}' : undefined);
  });
}

test('a name that points here is not enough: DNS rebinding is refused on every route', async () => {
  for (const path of [
    '/',
    '/api/v1/account',
    '/openapi.json',
    '/samples/sunset.jpg',
    '/account/costs',
    '/healthz',
  ]) {
    expect(await send('GET', path, { host: 'rebind.example', cookie }), path).toBe(400);
  }
  expect(await send('GET', '/api/v1/account', { host: new URL(world.url).host, cookie })).toBe(200);
});

test('a session’s cookie is worth nothing in a request of another origin', async () => {
  const { host } = new URL(world.url);
  const routes: [string, string][] = [
    ['GET', '/api/v1/account'],
    ['POST', '/api/v1/tasks'],
    ['POST', '/api/v1/keys'],
    ['DELETE', '/api/v1/session'],
    ['POST', '/api/v1/session'],
    ['GET', '/api/v1/events'],
    ['POST', '/api/v1/uploads'],
  ];
  for (const [method, path] of routes) {
    for (const origin of [
      'https://evil.example',
      `https://${host}.evil.example`,
      'null',
      `http://${host}0`,
    ]) {
      expect(await send(method, path, { host, cookie, origin }), `${method} ${path}, ${origin}`).toBe(401);
    }
  }
  // The session still is one, for pages of ours; other dialects have never heard of it.
  expect(await send('GET', '/api/v1/account', { host, cookie, origin: `http://${host}` })).toBe(200);
  expect(await send('GET', '/account/costs', { host, cookie })).toBe(401);
});

test('no answer lets a page of another origin send the cookie along, and none is framed or guessed at', async () => {
  const response = await fetch(`${world.url}/api/v1/account`, {
    headers: { origin: 'https://evil.example', cookie },
  });
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('x-frame-options')).toBe('DENY');
});
