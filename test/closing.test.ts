import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCopyingEngine } from './support/copying-engine.ts';
import { startApp } from './support/server.ts';

test('the server ends though a client does not read its answer', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-closing-'));
  const { app, url } = await startApp(join(directory, 'data'), createCopyingEngine());
  const { hostname, port } = new URL(url);
  // More bytes than the sockets between the two hold are asked for, and none is read.
  const lazy = connect(Number(port), hostname);
  lazy.on('error', () => {});
  const request = 'GET /samples/stream.jpg HTTP/1.1\r\nHost: localhost\r\n\r\n';
  await new Promise<void>((resolve) => lazy.write(request.repeat(20), () => resolve()));
  lazy.pause();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const started = performance.now();
  await app.close();
  const seconds = (performance.now() - started) / 1000;
  console.log(`closed in ${seconds.toFixed(1)} s`);
  expect(seconds).toBeGreaterThan(1);
  expect(seconds).toBeLessThan(20);
  lazy.destroy();
  await rm(directory, { recursive: true, force: true });
});
