import https from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepOwnCertificate } from '../src/http/certificate.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { startApp } from './support/server.ts';

let data: Awaited<ReturnType<typeof createDataDirectory>>;
beforeAll(async () => {
  data = await createDataDirectory();
});
afterAll(() => data.remove());

/** Asks over TLS, trusting one certificate only; answers the status, or why the connection is refused. */
function ask(url: string, ca: string | undefined): Promise<number | string> {
  return new Promise((resolve) => {
    https
      .get(url, { ...(ca && { ca }), agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

test('serves HTTPS with the certificate of the configuration, and no HTTP beside it', async () => {
  const { cert } = await keepOwnCertificate(data.path, ['127.0.0.1', 'localhost'], new Date());
  const files = { tlsCert: join(data.path, 'tls-cert.pem'), tlsKey: join(data.path, 'tls-key.pem') };
  const { app, url } = await startApp(data.path, createCopyingEngine(), files);
  try {
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await ask(`${url}/readyz`, cert)).toBe(200);
    expect(await ask(`${url.replace('127.0.0.1', 'localhost')}/healthz`, cert)).toBe(200);
    expect(await ask(`${url}/readyz`, undefined)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    await expect(fetch(`${url.replace('https', 'http')}/readyz`)).rejects.toThrow();
  } finally {
    await app.close();
  }
});

test('does not start with a certificate that cannot be read', async () => {
  const files = { tlsCert: '/nowhere/cert.pem', tlsKey: '/nowhere/key.pem' };
  const started = startApp(data.path, createCopyingEngine(), files);
  await expect(started).rejects.toMatchObject({ code: 'configuration' });
});
