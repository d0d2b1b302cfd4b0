import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ requestsPerMinute: 60 });
});
afterAll(() => world.close());

test('who asks too often is told so in their own words, and nobody else is', async () => {
  const { owner, stranger } = world;
  const first = await stranger.get('/api/v1/account');
  expect(first.headers.get('ratelimit-policy')).toBe('"default";q=60;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"default";r=59;t=0$/);
  let allowed = 0;
  while ((await owner.get('/api/v1/account')).status === 200) allowed++;
  expect(allowed).toBeGreaterThanOrEqual(60);
  const native = await owner.get<{ code: string }>('/api/v1/account');
  expect(native).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(Number(native.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await owner.get('/account/costs')).toMatchObject({ status: 429, body: { code: 1303 } });
  const akool = await owner.get('/api/open/v4/image2Video/effects');
  expect(akool).toMatchObject({ status: 200, body: { code: 1005 } });
  // Refused before anything is looked up: the same for a key that does not exist.
  const guess = () => fetch(`${world.url}/api/v1/account`, { headers: { 'x-api-key': 'guess' } });
  const statuses = new Set<number>();
  for (let time = 0; time < 65; time++) statuses.add((await guess()).status);
  expect([...statuses]).toEqual([401, 429]);
  expect((await stranger.get('/api/v1/account')).status).toBe(200);
});
