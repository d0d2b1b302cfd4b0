import { SpanStatusCode } from '@opentelemetry/api';
import type { InMemorySpanExporter, ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, openDataDirectory, type TestDirectory } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { startApp, startFileServer } from './support/server.ts';
import { collectSpans } from './support/tracing.ts';

// A request followed through the queue to its callback, as an operator's tracing sees it.

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const PROMPT = 'a prompt that nobody else shall read';

let data: TestDirectory;
let app: App;
let url: string;
let hook: Awaited<ReturnType<typeof startFileServer>>;
let spans: InMemorySpanExporter;
const passing = {
  state: 'failed',
  code: 'engine-failed',
  reason: 'Out of memory.',
  retryable: true,
} as const;

beforeAll(async () => {
  data = await createDataDirectory();
  hook = await startFileServer((_request, response) => response.end());
  // The first task, of a server that nobody traces, is done without a failure.
  const engine = createCopyingEngine({ milliseconds: 200 });
  ({ app, url } = await startApp(data.path, engine));
});
afterAll(async () => {
  await app.close();
  await hook.close();
  await data.remove();
});

const caller = () =>
  createNativeCaller(url, {
    authorization: `Bearer ${app.firstKey.clientSecret}`,
    traceparent: `00-${TRACE}-${CALLER}-01`,
  });

async function make(image = `${url}/samples/sunset.jpg`): Promise<string> {
  const answer = await caller().post('/api/v1/tasks', {
    image,
    prompt: PROMPT,
    webhookUrl: `${hook.url}/hook`,
  });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const ofTask = (name: string, id: string): ReadableSpan[] =>
  spans
    .getFinishedSpans()
    .filter((span) => span.name === name && span.attributes['stillroar.task.id'] === id);
const parentOf = (span: ReadableSpan | undefined) => span?.parentSpanContext?.spanId;

test('without an SDK nothing is remembered', async () => {
  await caller().wait(await make(), 'completed');
  await app.close();
  const { database, close } = await openDataDirectory(data.path);
  expect(await database.selectFrom('task').select('trace').execute()).toEqual([{ trace: null }]);
  await close();
  spans = collectSpans();
  const engine = createCopyingEngine({ milliseconds: 200, failures: [passing] });
  ({ app, url } = await startApp(data.path, engine));
});

test('one trace leads from the caller through the queue and every stage to the callbacks', async () => {
  const id = await make();
  await caller().wait(id, 'completed');
  await expect.poll(() => ofTask('webhook', id).length).toBe(2);

  const request = spans.getFinishedSpans().find(({ name }) => name === 'POST /api/v1/tasks')!;
  expect(request.spanContext().traceId).toBe(TRACE);
  expect(parentOf(request)).toBe(CALLER);
  expect(request.attributes).toMatchObject({
    'http.route': '/api/v1/tasks',
    'http.response.status_code': 201,
  });

  // The first run fails and may be tried again.
  const runs = ofTask('task image-to-video', id);
  expect(runs.map(({ attributes }) => attributes['stillroar.task.outcome'])).toEqual([
    'retried',
    'completed',
  ]);
  expect(runs.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.UNSET]);
  for (const span of [...runs, ...ofTask('webhook', id)]) {
    expect(span.spanContext().traceId).toBe(TRACE);
    expect(parentOf(span)).toBe(request.spanContext().spanId);
  }
  const stages = spans.getFinishedSpans().filter((span) => parentOf(span) === runs[1]!.spanContext().spanId);
  expect(stages.map(({ name }) => name)).toEqual(['fetching', 'rendering', 'storing']);
  expect(ofTask('webhook', id).map(({ attributes }) => attributes['stillroar.task.state'])).toEqual([
    'processing',
    'completed',
  ]);
});

test('a failure is a span’s status, by its code; no attribute holds a prompt, an address or a key', async () => {
  const id = await make('http://127.0.0.1:1/none.jpg');
  await caller().wait(id, 'failed');
  await expect.poll(() => ofTask('webhook', id).length).toBe(2);
  const [run] = ofTask('task image-to-video', id);
  expect(run!.status).toEqual({ code: SpanStatusCode.ERROR, message: 'fetch-failed' });
  const told = JSON.stringify(
    spans.getFinishedSpans().map(({ name, attributes, status }) => [name, attributes, status]),
  );
  for (const secret of [PROMPT, '127.0.0.1', app.firstKey.clientSecret, app.firstKey.clientId]) {
    expect(told).not.toContain(secret);
  }
});
