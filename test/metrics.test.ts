import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { createNativeCaller } from './support/native.ts';
import { startApp } from './support/server.ts';

// What operators watch, read as Prometheus reads it.

const TOKEN = 'a-token-of-the-operator';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App | undefined;
let url: string;
let caller: ReturnType<typeof createNativeCaller>;
beforeEach(async () => {
  data = await createDataDirectory();
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await data.remove();
});

async function start(settings: Partial<Config> = {}): Promise<void> {
  ({ app, url } = await startApp(data.path, createCopyingEngine(), settings));
  caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
}

const read = (headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers });

/** Every line of the answer by its name and labels; fails on a line that Prometheus would not read. */
async function values(): Promise<Map<string, number>> {
  const response = await read();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).trimEnd().split('\n');
  const samples = lines.filter((line) => !/^# (HELP|TYPE) [a-z_]+ .+$/.test(line));
  return new Map(
    samples.map((line) => {
      const match = /^([a-z_]+(?:\{(?:[a-z]+="(?:[^"\\]|\\.)*",?)+\})?) (\S+)$/.exec(line);
      expect(match, line).not.toBe(null);
      return [match![1]!, Number(match![2])];
    }),
  );
}

test('tells of requests, tasks, credits, callbacks, files and refusals, and of nobody', async () => {
  await start({ host: '127.0.0.1' });
  const hook = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  try {
    const image = `${url}/samples/sunset.jpg`;
    const prompt = 'a prompt that nobody else shall read';
    const made = await caller.post('/api/v1/tasks', { image, prompt, webhookUrl });
    await caller.wait(made.body.id, 'completed');
    const lost = await caller.post('/api/v1/tasks', { image: 'http://127.0.0.1:1/none.jpg' });
    expect((await caller.wait(lost.body.id, 'failed')).error?.code).toBe('fetch-failed');
    const delivered = 'webhook_deliveries_total{outcome="delivered"}';
    await expect.poll(async () => (await values()).get(delivered)).toBe(2);

    const now = await values();
    const created = '{method="POST",route="/api/v1/tasks",status="201"';
    expect(now.get(`http_request_duration_seconds_count${created}}`)).toBe(2);
    expect(now.get(`http_request_duration_seconds_bucket${created},le="+Inf"}`)).toBe(2);
    expect(now.get('tasks_total{kind="image-to-video",engine="copying",state="completed"}')).toBe(1);
    expect(now.get('tasks_total{kind="image-to-video",engine="copying",state="failed"}')).toBe(1);
    expect(now.get('task_duration_seconds_count{stage="storing"}')).toBe(1);
    expect(now.get('queue_wait_seconds_count')).toBe(2);
    expect(now.get('queue_depth')).toBe(0);
    expect(now.get('render_children')).toBe(0);
    expect(now.get('credits_total{entry="charge"}')).toBe(40);
    expect(now.get('credits_total{entry="refund"}')).toBe(20);
    expect(now.get('storage_bytes')).toBeGreaterThan(1000);
    expect(now.get('fetch_refused_total{reason="fetch-failed"}')).toBe(1);

    const text = await (await read()).text();
    for (const secret of [prompt, made.body.id, app!.firstKey.clientId, 'sunset']) {
      expect(text).not.toContain(secret);
    }
  } finally {
    hook.close();
  }
});

/** Names and labels that a query in Prometheus' language asks for. */
function askedFor(query: string): { names: string[]; labels: string[] } {
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names]) => names!.split(/,\s*/));
  const matched = [...query.matchAll(/(\w+)=~?"/g)].map(([, name]) => name!);
  const bare = query.replace(/\bby \([^)]*\)|\{[^}]*\}|\[[^\]]*\]/g, ' ');
  const names = [...bare.matchAll(/\b[a-z_]+\b(?!\s*\()/g)].map(([name]) => name);
  const ofTheLanguage = new Set(['and', 'sum', 'up']);
  return { names: names.filter((name) => !ofTheLanguage.has(name)), labels: [...grouped, ...matched] };
}

test('the dashboard and the alerts ask for metrics that there are, by labels that they have', async () => {
  const read = (path: string) => readFile(new URL(`../docs/${path}`, import.meta.url), 'utf8');
  const dashboard = JSON.parse(await read('grafana.json')) as { panels: { targets: { expr: string }[] }[] };
  const ofDashboard = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const [, table = ''] = (await read('operate.md')).split('| alert |');
  const ofAlerts = [...table.split('\n\n')[0]!.matchAll(/`([^`]*[a-z_]+ ?[[({>=][^`]*)`/g)].map(
    ([, query]) => query!,
  );
  expect(ofDashboard.length).toBeGreaterThan(15);
  expect(ofAlerts.length).toBe(9);

  await start();
  const text = await (await fetch(`${url}/metrics`)).text();
  const known = new Set(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  const source = await readFile(new URL('../src/metrics/metrics.ts', import.meta.url), 'utf8');
  const lists = source.matchAll(/\[\s*'\w+'(?:,\s*'\w+')*,?\s*\]/g);
  const labels = [...lists].flatMap(([list]) => list.match(/\w+/g)!);
  const asked = [...ofDashboard, ...ofAlerts].map(askedFor);
  expect(asked.flatMap(({ names }) => names).filter((name) => !known.has(name))).toEqual([]);
  const unknown = asked.flatMap((query) => query.labels).filter((name) => ![...labels, 'le'].includes(name));
  expect(unknown).toEqual([]);
  // Everything that is measured is shown.
  const shown = asked.flatMap(({ names }) => names).join(' ');
  expect(
    [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!).filter((name) => !shown.includes(name)),
  ).toEqual([]);
});

test('a server that others reach shows them to who has the token', async () => {
  await start({ host: '0.0.0.0', metricsToken: TOKEN });
  expect((await read()).status).toBe(401);
  expect((await read({ authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
  expect((await read({ authorization: `Bearer ${app!.firstKey.clientSecret}` })).status).toBe(401);
  expect((await read({ authorization: `Bearer ${TOKEN}` })).status).toBe(200);
});

test('without a token such a server says what to set', async () => {
  await start({ host: '0.0.0.0' });
  const answer = await read();
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ message: expect.stringContaining('STILLROAR_METRICS_TOKEN') });
});
