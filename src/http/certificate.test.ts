import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepOwnCertificate, readCertificate } from './certificate.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-certificate-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const hosts = ['localhost', '127.0.0.1', '::1'];
const now = new Date();

test('signs for its hosts and no other, and keeps what it made', async () => {
  const made = await keepOwnCertificate(directory, hosts, now);
  const certificate = new X509Certificate(made.cert);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBeDefined();
  expect(certificate.checkHost('example.org')).toBeUndefined();
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(await keepOwnCertificate(directory, hosts, now)).toEqual(made);
  expect((await stat(join(directory, 'tls-key.pem'))).mode & 0o777).toBe(0o600);
});

test('makes another for other hosts, and before the old one ends', async () => {
  const { cert } = await keepOwnCertificate(directory, hosts, now);
  const wider = await keepOwnCertificate(directory, [...hosts, 'stillroar.example.org'], now);
  expect(wider.cert).not.toBe(cert);
  expect(new X509Certificate(wider.cert).checkHost('stillroar.example.org')).toBe('stillroar.example.org');
  const later = new Date(now.getTime() + 340 * 86_400_000);
  expect((await keepOwnCertificate(directory, hosts, later)).cert).not.toBe(wider.cert);
});

test('names the file that cannot be read', async () => {
  await expect(readCertificate('/nowhere/cert.pem', '/nowhere/key.pem')).rejects.toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('/nowhere/cert.pem'),
  });
});
