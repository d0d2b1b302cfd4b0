import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { NativeTask } from '../support/native.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

// Bodies that are larger, slower or longer than they may be, against the built server: how long after the byte that proves
// it the refusal comes, and that nobody else waits meanwhile. Figures are printed, and depend on the machine.

let server: ServerProcess;
const times: string[] = [];

beforeAll(async () => {
  server = await startServerProcess({ STILLROAR_ALLOW_HOSTS: '127.0.0.2' });
  // The first requests of all load what the others find.
  for (let time = 0; time < 20; time++) await server.owner.post('/api/v1/estimate', { prompt: 'waves' });
  await server.longestStall();
});
afterAll(async () => {
  console.log(`Refused after the byte that proves it:\n  ${times.join('\n  ')}`);
  await server.close();
});

afterEach(async () => note('  and the event loop was held up for at most', await server.longestStall()));

const note = (what: string, milliseconds: number) => times.push(`${what}: ${milliseconds.toFixed(0)} ms`);

/** A connection on which requests are written by hand; answers what has come when the other side has said so much. */
async function open() {
  const { hostname, port, host } = new URL(server.url);
  const socket: Socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  socket.setMaxListeners(0);
  // What was written after a refusal meets a closed connection.
  socket.on('error', () => {});
  const head = (path: string, ...lines: string[]) =>
    [
      `POST ${path} HTTP/1.1`,
      `host: ${host}`,
      `authorization: Bearer ${server.owner.credentials['x-api-key']}`,
      ...lines,
      '',
      '',
    ].join('\r\n');
  return {
    socket,
    head,
    /** The status of the answer, and how long after the call it came. */
    async answered() {
      const start = performance.now();
      while (!text.includes('\r\n\r\n') && !socket.closed) await sleep(1);
      return { status: Number(text.split(' ')[1]), milliseconds: performance.now() - start, text };
    },
  };
}

test('a body that is announced too large is refused before it is sent', async () => {
  for (const path of [
    '/api/v1/tasks',
    '/api/open/v4/image2Video/createBySourcePrompt',
    '/v1/videos/image2video',
  ]) {
    const { socket, head, answered } = await open();
    socket.write(head(path, 'content-type: application/json', 'content-length: 200000000'));
    const { status, milliseconds, text } = await answered();
    expect(status === 413 || /too large|larger/i.test(text), text).toBe(true);
    note(`200 MB announced to ${path}`, milliseconds);
    socket.destroy();
  }
});

test('a body that grows too large is refused where it does', async () => {
  const { socket, head, answered } = await open();
  socket.write(head('/api/v1/estimate', 'content-type: application/json', 'transfer-encoding: chunked'));
  const chunk = Buffer.alloc(1_000_000, ' ');
  const framed = Buffer.concat([Buffer.from('f4240\r\n'), chunk, Buffer.from('\r\n')]);
  let sent = 0;
  let last = performance.now();
  while (!socket.closed && sent < 200 && socket.bytesRead === 0) {
    last = performance.now();
    sent++;
    if (!socket.write(framed))
      await Promise.race([once(socket, 'drain'), once(socket, 'data'), sleep(1_000)]);
  }
  const { status } = await answered();
  expect(status).toBe(413);
  expect(sent).toBeLessThan(200);
  note(`a body without end, after ${sent} MB`, performance.now() - last);
  socket.destroy();
});

test('slow bodies hold their own connection and nothing else', async () => {
  const answer = async () => {
    const start = performance.now();
    expect((await server.owner.get('/api/v1/account')).status).toBe(200);
    return performance.now() - start;
  };
  note('an answer beside nothing', await answer());
  const slow = await Promise.all(Array.from({ length: 50 }, () => open()));
  for (const { socket, head } of slow) {
    socket.write(head('/api/v1/tasks', 'content-type: application/json', 'content-length: 1000'));
    socket.write('{');
  }
  note('an answer beside 50 slow bodies', await answer());
  for (const { socket } of slow) socket.destroy();
});

test('compressed bodies are not unpacked', async () => {
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000, ' ')));
  const start = performance.now();
  const response = await fetch(`${server.url}/api/v1/tasks`, {
    method: 'POST',
    headers: {
      ...server.owner.credentials,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    body: bomb,
  });
  expect(response.status).toBe(400);
  note('a gzip bomb as a body', performance.now() - start);
});

test('what other servers send is bounded as well: redirects without end, packed, and without end', async () => {
  const asked = new Map<string, number>();
  const packed = gzipSync(Buffer.alloc(50_000_000));
  const other = createServer((request, response) => {
    asked.set(request.url!.split('?')[0]!, performance.now());
    if (request.url!.startsWith('/around'))
      response.writeHead(302, { location: `/around?${Math.random()}` }).end();
    else if (request.url === '/packed') {
      response.setHeader('content-encoding', 'gzip');
      response.end(packed);
    } else if (request.url === '/announced')
      response.writeHead(200, { 'content-length': '9000000000' }).write('x');
    else {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
        if (response.destroyed) asked.set('/endless', performance.now());
      };
      response.on('drain', more).on('close', () => asked.set('/endless', performance.now()));
      more();
    }
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.2', resolve));
  const { port } = other.address() as AddressInfo;
  const before = await server.credits();
  for (const [path, reason] of [
    ['/around', /redirects more than 3 times/],
    ['/packed', /does not lead to a picture/],
    ['/announced', /larger than/],
    ['/endless', /larger than/],
  ] as const) {
    const image = `http://127.0.0.2:${port}${path}`;
    const { body } = await server.owner.post<NativeTask>('/api/v1/tasks', { image });
    const ended = await server.owner.wait(body.id, 'completed', 'failed');
    expect(ended.error!.message).toMatch(reason);
    note(`a task whose picture is ${path}`, performance.now() - asked.get(path)!);
  }
  expect(await server.credits()).toBe(before);
  other.closeAllConnections();
  other.close();
});
