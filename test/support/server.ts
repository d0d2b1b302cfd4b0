import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, createApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { databaseUrlOf } from './database.ts';

/** A real server on a free port of loopback. */
export async function startApp(
  data: string,
  engine: Engine | Engine[],
  settings: Partial<Config> = {},
): Promise<{ app: App; url: string }> {
  const databaseUrl = await databaseUrlOf(data);
  const config = { ...readConfig({}), port: 0, data, databaseUrl, log: 'error' as const, ...settings };
  const app = await createApp(config, { engines: [engine].flat() });
  return { app, url: await app.listen() };
}

/** A file server of somebody else's, on a free port of the given loopback address. */
export async function startFileServer(
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A JSON answer of the Akool dialect, as far as tests look into it. */
export interface Answer {
  code: number;
  msg: string;
  token?: string;
  data: Record<string, unknown> & { result?: Record<string, unknown>[] };
}

/** Posts JSON and reads the JSON answer. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Answer }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}

/** Asks for a task's result until it has ended, and answers its entry. */
export async function waitForResult(
  url: string,
  key: Record<string, string>,
  id: string,
): Promise<Record<string, unknown>> {
  for (;;) {
    const { body } = await post(`${url}/api/open/v4/image2Video/resultsByIds`, { _ids: id }, key);
    const entry = body.data.result?.[0];
    if (entry && Number(entry.status) >= 3) return entry;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
