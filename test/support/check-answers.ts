import { afterAll, expect } from 'vitest';
import { createCompiler, findOperation } from './openapi.ts';

// Set-up of every test file: what a server of ours answers to fetch() is held to the reference that it publishes.

const offences = new Set<string>();
const pending = new Set<Promise<void>>();
let compiler: ReturnType<typeof createCompiler> | undefined;
const checks = new Map<string, Awaited<ReturnType<Awaited<ReturnType<typeof createCompiler>>>>>();

async function check(method: string, path: string, response: Response): Promise<void> {
  const met = findOperation(method, path);
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (!met) return;
  const { responses } = met.operation;
  const described = response.status < 400 ? responses[response.status] : responses.default;
  const schema = described?.content?.[type]?.schema;
  const name = `${method} ${met.path} ${response.status}`;
  if (!schema) {
    offences.add(`${name}: ${type} is not described`);
    return;
  }
  compiler ??= createCompiler();
  const compile = await compiler;
  const isValid = checks.get(name) ?? compile(schema);
  checks.set(name, isValid);
  const text = await response.text();
  if (isValid(text === '' ? undefined : JSON.parse(text))) return;
  const reasons = (isValid.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  offences.add(`${name}: ${reasons.slice(0, 5).join(', ')}`);
}

const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const url = new URL(input instanceof Request ? input.url : input);
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  // Servers of ours name every answer; file servers of the tests do not.
  const isJson = response.headers.get('content-type')?.includes('json');
  if (isJson && response.headers.has('x-request-id') && url.pathname.split('/').length > 2) {
    const checked = check(method, url.pathname, response.clone()).catch((error: unknown) => {
      offences.add(`${method} ${url.pathname}: ${error}`);
    });
    pending.add(checked);
    void checked.finally(() => pending.delete(checked));
  }
  return response;
};

afterAll(async () => {
  await Promise.all(pending);
  expect([...offences]).toEqual([]);
});
