import { afterEach, expect, test, vi } from 'vitest';
import { type Call, type Connection, send } from './request.ts';

afterEach(() => vi.unstubAllGlobals());

/** Answers the Idempotency-Key that each of these calls was sent with. */
async function keysOf(...calls: Call[]): Promise<(string | null)[]> {
  const keys: (string | null)[] = [];
  const connection: Connection = {
    baseUrl: 'http://nas.example:8080',
    apiKey: 'x',
    maxRetries: 0,
    async fetch(_, init) {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      return new Response('{}');
    },
  };
  for (const call of calls) await send(connection, call);
  return keys;
}

test('each POST gets a key of its own, also in a browser on plain HTTP, which has no randomUUID', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const post: Call = { method: 'POST', path: '/api/v1/tasks', json: {} };
  const [first, second, none] = await keysOf(post, post, { method: 'GET', path: '/api/v1/tasks' });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toMatch(/^[0-9a-f]{32}$/);
  expect(second).not.toBe(first);
  expect(none).toBeNull();
});

test('a key that the caller chose wins, however its name is written', async () => {
  const named = (name: string): Call => ({ method: 'POST', path: '/x', headers: { [name]: 'order-17' } });
  expect(await keysOf(named('idempotency-key'), named('Idempotency-Key'))).toEqual(['order-17', 'order-17']);
});
