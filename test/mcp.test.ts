import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { startApp } from './support/server.ts';

// The program as it was built, told as a language model's client tells it: a line of JSON-RPC after the other.

interface Answer {
  id?: number | null;
  method?: string;
  params?: { progress: number };
  result?: {
    content: { type: string; text: string; uri: string; mimeType: string }[];
    isError?: boolean;
    tools: { name: string; inputSchema: { properties: object; required: string[] } }[];
    protocolVersion: string;
  };
  error?: { code: number; message: string };
}

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const sample = fileURLToPath(new URL('../samples/sunset.jpg', import.meta.url));

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let caller: ReturnType<typeof createNativeCaller>;
beforeAll(async () => {
  data = await createDataDirectory();
  ({ app, url } = await startApp(data.path, createCopyingEngine({ milliseconds: 600 })));
  caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

/** A client of `stillroar mcp`. */
function connect() {
  const args = [cli, 'mcp', '--url', url, '--key', app.firstKey.clientSecret];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const heard: Answer[] = [];
  const waiting = new Map<number, (answer: Answer) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    heard.push(answer);
    if (typeof answer.id === 'number') waiting.get(answer.id)?.(answer);
  });
  let last = 0;
  const write = (text: string) => child.stdin.write(`${text}\n`);
  const tell = (message: object) => write(JSON.stringify({ jsonrpc: '2.0', ...message }));
  return {
    heard,
    write,
    tell,
    ask(method: string, params: object = {}): Promise<Answer> & { id: number } {
      const id = ++last;
      const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      tell({ id, method, params });
      return Object.assign(answered, { id });
    },
    /** Ends its side, and answers the exit code. */
    end() {
      child.stdin.end();
      return ended;
    },
  };
}

test('a client learns the tools, has a picture animated with progress, and gives it sound', async () => {
  const client = connect();
  const hello = await client.ask('initialize', { protocolVersion: '2025-06-18', capabilities: {} });
  expect(hello.result).toMatchObject({ protocolVersion: '2025-06-18', serverInfo: { name: 'stillroar' } });
  client.tell({ method: 'notifications/initialized' });

  const { tools } = (await client.ask('tools/list')).result!;
  expect(tools.map(({ name }) => name)).toEqual(['animate_image', 'add_sound', 'get_task', 'list_effects']);
  expect(tools[0]!.inputSchema.required).toEqual(['image']);

  const made = await client.ask('tools/call', {
    name: 'animate_image',
    arguments: { image: sample, prompt: 'slow push in', seed: 7 },
    _meta: { progressToken: 'p' },
  });
  expect(made.result?.isError).toBeUndefined();
  const [text, link] = made.result!.content;
  const task = JSON.parse(text!.text) as { id: string; state: string; seed: number };
  expect(task).toMatchObject({ state: 'completed', seed: 7 });
  expect(link).toMatchObject({ type: 'resource_link', mimeType: 'video/mp4' });
  expect((await fetch(link!.uri)).status).toBe(200);
  const steps = client.heard.filter(({ method }) => method === 'notifications/progress');
  expect(steps.length).toBeGreaterThan(1);
  expect(steps.every(({ params }) => params!.progress <= 100)).toBe(true);

  const scored = await client.ask('tools/call', {
    name: 'add_sound',
    arguments: { video: task.id, prompt: 'gulls' },
  });
  const scoredTask = JSON.parse(scored.result!.content[0]!.text) as { id: string };
  const shown = await client.ask('tools/call', { name: 'get_task', arguments: { id: scoredTask.id } });
  expect(JSON.parse(shown.result!.content[0]!.text)).toMatchObject({ state: 'completed', prompt: 'gulls' });

  const effects = await client.ask('tools/call', { name: 'list_effects' });
  expect(effects.result!.content[0]!.text).toMatch(/^squish_89244231312: Squish\./);
  expect(await client.end()).toBe(0);
});

test('what goes wrong in a tool is told to the model, what is wrong in a message to the client', async () => {
  const client = connect();
  const call = async (name: string, given: object) =>
    (await client.ask('tools/call', { name, arguments: given })).result!;
  const missing = await call('animate_image', { image: '/nowhere.jpg' });
  expect(missing).toMatchObject({ isError: true, content: [{ text: 'There is no file at /nowhere.jpg.' }] });
  const misspelt = await call('animate_image', { image: sample, promt: 'x' });
  expect(misspelt.isError).toBe(true);
  expect(misspelt.content[0]!.text).toContain('promt');
  const unknown = await call('get_task', { id: '0'.repeat(24) });
  expect(unknown).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining('no such task') }],
  });

  expect((await client.ask('tools/call', { name: 'paint' })).error?.code).toBe(-32_602);
  expect((await client.ask('resources/list')).error?.code).toBe(-32_601);
  client.write('{"jsonrpc":');
  expect((await client.ask('ping')).result).toEqual({});
  expect(client.heard.find(({ id }) => id === null)?.error?.code).toBe(-32_700);
  expect(await client.end()).toBe(0);
});

test('a call that is cancelled cancels its task', async () => {
  const client = connect();
  const call = client.ask('tools/call', {
    name: 'animate_image',
    arguments: { image: sample, prompt: 'to be cancelled' },
    _meta: { progressToken: 1 },
  });
  await expect.poll(() => client.heard.length).toBeGreaterThan(0);
  client.tell({ method: 'notifications/cancelled', params: { requestId: call.id } });
  expect((await call).result?.isError).toBe(true);
  const { body } = await caller.get<{ items: { state: string }[] }>('/api/v1/tasks?text=to%20be%20cancelled');
  expect(body.items.map(({ state }) => state)).toEqual(['cancelled']);
  expect(await client.end()).toBe(0);
});
