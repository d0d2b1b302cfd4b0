import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { StillroarError } from '../errors.ts';

/** What HTTPS is served with, in PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Reads a certificate and its key. @throws StillroarError `configuration` when a file cannot be read */
export async function readCertificate(certPath: string, keyPath: string): Promise<Certificate> {
  const read = (path: string) =>
    readFile(path, 'utf8').catch((cause: Error) => {
      throw new StillroarError('configuration', `${path} cannot be read: ${cause.message}`, { cause });
    });
  return { cert: await read(certPath), key: await read(keyPath) };
}

/** How long a certificate of our own is valid, and how long before its end it is replaced, in ms. */
const VALID = 365 * 86_400_000;
const REPLACE_BEFORE = 30 * 86_400_000;

function isUsable({ cert }: Certificate, hosts: readonly string[], now: Date): boolean {
  const certificate = new X509Certificate(cert);
  const names = (host: string) => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host));
  return Date.parse(certificate.validTo) - now.getTime() > REPLACE_BEFORE && hosts.every(names);
}

/**
 * A certificate of our own for development, signed by itself: nobody trusts it who was not told to. It stays in the
 * directory (`tls-cert.pem`, `tls-key.pem` of mode 0600) until it nears its end or other hosts are asked for.
 *
 * @param hosts names and IP addresses that the server is called by; the first is its common name
 */
export async function keepOwnCertificate(
  directory: string,
  hosts: readonly string[],
  now: Date,
): Promise<Certificate> {
  const certPath = join(directory, 'tls-cert.pem');
  const keyPath = join(directory, 'tls-key.pem');
  const kept = await readCertificate(certPath, keyPath).catch(() => undefined);
  if (kept && isUsable(kept, hosts, now)) return kept;
  // Its many modules are loaded when a certificate is made, and not at each start.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: new Date(now.getTime() + VALID),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  });
  await mkdir(directory, { recursive: true });
  await writeFile(keyPath, made.private, { mode: 0o600 });
  await writeFile(certPath, made.cert);
  return { cert: made.cert, key: made.private };
}
