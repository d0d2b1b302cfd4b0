import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { createNativeCaller, type NativeTask } from './support/native.ts';
import { startApp } from './support/server.ts';

// Streamable HTTP as https://modelcontextprotocol.io/specification has it, spoken by fetch alone.

interface Message {
  id?: number | null;
  method?: string;
  params?: { progressToken: unknown; progress: number; total: number; message: string };
  result?: Record<string, unknown> & {
    content: { type: string; text: string; uri: string; mimeType: string }[];
    isError?: boolean;
    tools: { name: string; inputSchema: { required?: string[] } }[];
  };
  error?: { code: number; message: string; data?: { supported: string[] } };
}

const STATELESS = '2026-07-28';
const localSample = fileURLToPath(new URL('../samples/sunset.jpg', import.meta.url));

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let key: Record<string, string>;
let caller: ReturnType<typeof createNativeCaller>;
beforeAll(async () => {
  data = await createDataDirectory();
  ({ app, url } = await startApp(data.path, createCopyingEngine({ milliseconds: 600 })));
  key = { authorization: `Bearer ${app.firstKey.clientSecret}` };
  caller = createNativeCaller(url, key);
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

const sample = () => `${url}/samples/sunset.jpg`;
const statesOf = async (text: string) => {
  const { body } = await caller.get<{ items: NativeTask[] }>(
    `/api/v1/tasks?text=${encodeURIComponent(text)}`,
  );
  return body.items.map(({ state }) => state);
};

function send(body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...key,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
}

const request = (id: number, method: string, params: object = {}) => ({ jsonrpc: '2.0', id, method, params });

/** Every message of a stream of events. */
async function readAll(response: Response): Promise<Message[]> {
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const blocks = (await response.text()).split('\n\n').filter((block) => block.startsWith('event: message'));
  return blocks.map((block) => JSON.parse(block.split('\ndata: ')[1]!) as Message);
}

describe('the versions with a handshake', () => {
  const speaks = { 'mcp-protocol-version': '2025-11-25' };

  async function shakeHands(): Promise<Record<string, string>> {
    const asked = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 't', version: '1' },
    };
    const hello = await send(request(0, 'initialize', asked));
    expect(hello.headers.get('content-type')).toContain('application/json');
    expect(((await hello.json()) as Message).result).toMatchObject({
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'stillroar' },
    });
    const session = hello.headers.get('mcp-session-id')!;
    expect(session).toMatch(/^[\x21-\x7e]{32}$/);
    const headers = { ...speaks, 'mcp-session-id': session };
    const done = await send({ jsonrpc: '2.0', method: 'notifications/initialized' }, headers);
    expect([done.status, await done.text()]).toEqual([202, '']);
    return headers;
  }

  test('a picture is animated with progress, and the answer links to the video', async () => {
    const headers = await shakeHands();
    const { result } = (await (await send(request(1, 'tools/list'), headers)).json()) as Message;
    expect(result!.tools.map(({ name }) => name)).toEqual([
      'animate_image',
      'add_sound',
      'get_task',
      'list_effects',
    ]);
    const messages = await readAll(
      await send(
        request(2, 'tools/call', {
          name: 'animate_image',
          arguments: { image: sample(), prompt: 'slow push in', seed: 7 },
          _meta: { progressToken: 'p' },
        }),
        headers,
      ),
    );
    const answer = messages.pop()!;
    expect(messages.length).toBeGreaterThan(1);
    for (const { method, params } of messages) {
      expect(method).toBe('notifications/progress');
      expect(params).toMatchObject({ progressToken: 'p', total: 100 });
    }
    expect(answer.id).toBe(2);
    const [text, link] = answer.result!.content;
    expect(JSON.parse(text!.text)).toMatchObject({ state: 'completed', seed: 7, credits: 20 });
    expect(link).toMatchObject({ type: 'resource_link', mimeType: 'video/mp4' });
    expect((await fetch(link!.uri)).status).toBe(200);
  });

  test('a call is cancelled by its sender’s message alone, not by a broken connection', async () => {
    const [mine, another] = [await shakeHands(), await shakeHands()];
    const call = request(3, 'tools/call', {
      name: 'animate_image',
      arguments: { image: sample(), prompt: 'to be cancelled' },
    });
    const answered = send(call, mine).then(readAll);
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 3 } };
    await expect.poll(() => statesOf('to be cancelled')).toEqual(['processing']);
    expect((await send(cancel, another)).status).toBe(202);
    expect(await statesOf('to be cancelled')).toEqual(['processing']);
    expect((await send(cancel, mine)).status).toBe(202);
    expect((await answered).at(-1)!.result!.isError).toBe(true);
    expect(await statesOf('to be cancelled')).toEqual(['cancelled']);

    const broken = new AbortController();
    const lost = { name: 'animate_image', arguments: { image: sample(), prompt: 'left alone' } };
    const stream = await send(request(4, 'tools/call', lost), mine, broken.signal);
    await expect.poll(() => statesOf('left alone')).toEqual(['processing']);
    broken.abort();
    await expect(stream.text()).rejects.toThrow();
    await expect.poll(() => statesOf('left alone')).toEqual(['completed']);
  });

  test('who takes no stream is answered when it is done; nothing is to be had by GET or DELETE', async () => {
    const call = { name: 'animate_image', arguments: { image: sample() } };
    const plain = await send(request(5, 'tools/call', call), { accept: 'application/json' });
    expect(plain.headers.get('content-type')).toContain('application/json');
    expect(((await plain.json()) as Message).result!.content).toHaveLength(3);
    for (const method of ['GET', 'DELETE']) {
      const refused = await fetch(`${url}/mcp`, { method, headers: key });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
      await refused.text();
    }
  });
});

describe('the version without a handshake', () => {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': STATELESS,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const headersOf = (method: string, name?: string) => ({
    'mcp-protocol-version': STATELESS,
    'mcp-method': method,
    ...(name !== undefined && { 'mcp-name': name }),
  });
  const ask = (id: number, method: string, params: object = {}) =>
    send(request(id, method, { ...params, _meta: meta }), headersOf(method));
  const call = (id: number, name: string, given: object, signal?: AbortSignal) =>
    send(
      request(id, 'tools/call', { name, arguments: given, _meta: { ...meta, progressToken: id } }),
      headersOf('tools/call', name),
      signal,
    );

  test('says what it speaks, lists its tools and does their work, every request by itself', async () => {
    const discovered = ((await (await ask(1, 'server/discover')).json()) as Message).result!;
    expect(discovered).toMatchObject({ resultType: 'complete', capabilities: { tools: {} } });
    expect(discovered.supportedVersions).toContain(STATELESS);
    const listed = ((await (await ask(2, 'tools/list')).json()) as Message).result!;
    expect(listed).toMatchObject({ resultType: 'complete', cacheScope: 'public', ttlMs: expect.any(Number) });
    expect(listed.tools).toHaveLength(4);

    const response = await call(3, 'animate_image', { image: sample() });
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('mcp-session-id')).toBeNull();
    const messages = await readAll(response);
    expect(messages.filter(({ method }) => method === 'notifications/progress').length).toBeGreaterThan(1);
    expect(messages.at(-1)!.result).toMatchObject({
      resultType: 'complete',
      content: [{ type: 'text' }, { type: 'resource_link' }, { type: 'resource_link' }],
    });
    const encoded = `=?base64?${Buffer.from('list_effects').toString('base64')}?=`;
    const effects = await send(
      request(4, 'tools/call', { name: 'list_effects', _meta: meta }),
      headersOf('tools/call', encoded),
    );
    expect((await readAll(effects)).at(-1)!.result!.content[0]!.text).toContain('Squish');
  });

  test('who closes the stream cancels the task', async () => {
    const stop = new AbortController();
    const given = { image: sample(), prompt: 'to be closed' };
    const response = await call(5, 'animate_image', given, stop.signal);
    await expect.poll(() => statesOf('to be closed')).toEqual(['processing']);
    stop.abort();
    await expect(response.text()).rejects.toThrow();
    await expect.poll(() => statesOf('to be closed')).toEqual(['cancelled']);
  });

  test.each([
    ['a header that says otherwise', { 'mcp-method': 'ping' }, meta, 400, -32_020],
    ['a header that is missing', { 'mcp-method': '' }, meta, 400, -32_020],
    ['a version that differs', { 'mcp-protocol-version': '2025-11-25' }, meta, 400, -32_020],
    ['no word of what the client can', {}, { [Object.keys(meta)[0]!]: STATELESS }, 400, -32_602],
    ['an unknown version', { 'mcp-protocol-version': '1900-01-01' }, meta, 400, -32_022],
  ])('%s is refused as the specification says', async (_, headers, given, status, code) => {
    const response = await send(request(6, 'tools/list', { _meta: given }), {
      ...headersOf('tools/list'),
      ...headers,
    });
    const { error } = (await response.json()) as Message;
    expect([response.status, error!.code]).toEqual([status, code]);
    if (code === -32_022) expect(error!.data!.supported).toContain(STATELESS);
  });

  test('an unknown method is 404', async () => {
    const response = await ask(7, 'resources/list');
    expect([response.status, ((await response.json()) as Message).error!.code]).toEqual([404, -32_601]);
  });
});

describe('who may call, and what with', () => {
  test('a key is needed, even by a browser that is signed in; a page of elsewhere may not at all', async () => {
    const stranger = await send(request(1, 'tools/list'), { authorization: '' });
    expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(((await stranger.json()) as { code: string }).code).toBe('unauthenticated');
    const wrong = await send(request(1, 'tools/list'), { authorization: 'Bearer wrong' });
    expect(wrong.status).toBe(401);
    const signIn = await fetch(app.signInUrl(), { redirect: 'manual' });
    const cookie = signIn.headers.get('set-cookie')!.split(';')[0]!;
    expect((await send(request(1, 'tools/list'), { authorization: '', cookie })).status).toBe(401);

    const foreign = await send(request(1, 'tools/list'), { origin: 'https://evil.example' });
    expect([foreign.status, ((await foreign.json()) as Message).error!.code]).toEqual([403, -32_600]);
    expect((await send(request(1, 'tools/list'), { origin: 'null' })).status).toBe(403);
    expect((await send(request(1, 'tools/list'), { origin: url })).status).toBe(200);
  });

  test('the server’s own files are nobody’s', async () => {
    const call = { name: 'animate_image', arguments: { image: localSample } };
    const [answer] = await readAll(await send(request(1, 'tools/call', call)));
    expect(answer!.result!.isError).toBe(true);
    expect(answer!.result!.content[0]!.text).toContain('image must be a URL, the id of an upload');
  });

  test('what cannot be read is refused with a sentence, and the next is answered', async () => {
    const broken = await send('{"jsonrpc":');
    expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('not valid JSON')]);
    const batch = await send([request(1, 'ping'), request(2, 'ping')]);
    expect([batch.status, ((await batch.json()) as Message).error!.message]).toEqual([
      400,
      'Send one message of JSON-RPC 2.0 at a time.',
    ]);
    expect(((await (await send(request(3, 'ping'))).json()) as Message).result).toEqual({});
  });
});

test('a server that closes ends the streams, and the task goes on when it is back', async () => {
  const other = await createDataDirectory();
  const first = await startApp(other.path, createCopyingEngine({ milliseconds: 60_000 }));
  const headers = { authorization: `Bearer ${first.app.firstKey.clientSecret}` };
  const response = await fetch(`${first.url}/mcp`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(
      request(1, 'tools/call', {
        name: 'animate_image',
        arguments: { image: `data:image/jpeg;base64,${await readFile(localSample, 'base64')}` },
      }),
    ),
  });
  const read = readAll(response);
  const here = createNativeCaller(first.url, headers);
  const list = async () =>
    (await here.get<{ items: NativeTask[] }>('/api/v1/tasks')).body.items.map(({ state }) => state);
  await expect.poll(list).toEqual(['processing']);
  const { body } = await here.get<{ items: NativeTask[] }>('/api/v1/tasks');
  const { id } = body.items[0]!;
  await first.app.close();
  const { isError, content } = (await read).at(-1)!.result!;
  expect(isError).toBe(true);
  expect(content[0]!.text).toContain(`The task is ${id}`);
  const port = Number(new URL(first.url).port);
  const second = await startApp(other.path, createCopyingEngine({ milliseconds: 10 }), { port });
  const again = createNativeCaller(second.url, headers);
  const ended = await again.wait(id, 'completed', 'failed', 'cancelled');
  expect(ended.state).toBe('completed');
  await second.app.close();
  await other.remove();
});
