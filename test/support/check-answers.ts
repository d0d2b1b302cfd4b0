import { afterAll, expect } from 'vitest';
import { createCompiler, findOperation } from './openapi.ts';

// Set-up of every test file: what a server of ours answers to fetch() is held to the reference that it publishes.

/** How the studio signs a browser in and out; no part of what programs call. */
const STUDIO_ONLY = '/api/v1/session';

const offences = new Set<string>();
const pending = new Set<Promise<void>>();
let compiler: ReturnType<typeof createCompiler> | undefined;
const checks = new Map<string, Awaited<ReturnType<Awaited<ReturnType<typeof createCompiler>>>>>();

async function check(method: string, path: string, response: Response): Promise<void> {
  const { status } = response;
  const met = findOperation(method, path);
  if (!met) {
    // What nobody offers is refused, in words that some dialect shapes.
    if (status < 400) offences.add(`${method} ${path} ${status}: is not described`);
    return;
  }
  const name = `${method} ${met.path} ${status}`;
  const { responses } = met.operation;
  const described = status < 400 ? responses[status] : responses.default;
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (!described || (type !== '' && !described.content?.[type])) {
    offences.add(`${name}: ${type || 'an answer without a body'} is not described`);
    return;
  }
  const { schema } = described.content?.[type] ?? {};
  if (!schema || !type.includes('json')) return;
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
  // Servers of ours name every answer; file servers of the tests do not. Where an answer leads elsewhere, that is a file.
  if (
    response.headers.has('x-request-id') &&
    !response.redirected &&
    /^\/(api|v1)\//.test(url.pathname) &&
    url.pathname !== STUDIO_ONLY &&
    /^(GET|POST|DELETE)$/.test(method)
  ) {
    // A copy that nobody reads would hold up the stream.
    const isJson = response.headers.get('content-type')?.includes('json');
    const copy = isJson ? response.clone() : response;
    const checked = check(method, url.pathname, copy).catch((error: unknown) => {
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
