import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StillroarError } from '../errors.ts';
import { readSessionCookie } from './session-cookie.ts';

/** The pages of the studio. They are one document; its own script tells them apart. */
const pages = [
  '/',
  '/task/:id',
  '/library',
  '/compare/:left/:right',
  '/sound',
  '/effects',
  '/activity',
  '/account',
  '/code',
];

const YEAR = 31_536_000_000;

/**
 * What the pages may load (CSP level 3): their own script, style, pictures and videos, and frames that they have drawn
 * themselves. The nonce admits the style sheet of the waveform, which stands in a shadow tree.
 */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Serves the studio that `npm run build` has put into a directory; to a browser that goes astray as well. */
export async function addStudioRoutes(server: FastifyInstance, directory: string): Promise<void> {
  const path = join(directory, 'index.html');
  const document = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (document !== undefined) {
    await server.register(files, {
      root: join(directory, 'assets'),
      prefix: '/assets/',
      index: false,
      // Their names change with their content.
      maxAge: YEAR,
      immutable: true,
      preCompressed: true,
      decorateReply: false,
    });
  }
  const show = (request: FastifyRequest, reply: FastifyReply) => {
    if (document === undefined)
      throw new StillroarError('not-found', 'The studio is not built. Run "npm run build".');
    const nonce = randomBytes(16).toString('base64');
    const isStranger = readSessionCookie(request.headers.cookie) === undefined;
    return reply
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(
        document
          .replaceAll('<script ', `<script nonce="${nonce}" `)
          .replace('<html ', isStranger ? '<html data-session="none" ' : '<html '),
      );
  };
  for (const page of pages) server.get(page, show);
  server.setNotFoundHandler((request, reply) => {
    const { method, url, headers } = request;
    const isBrowser = method === 'GET' && headers.accept?.includes('text/html') === true;
    if (isBrowser && document !== undefined) return show(request, reply.code(404));
    throw new StillroarError('not-found', `There is no ${method} ${url.split('?')[0]}.`);
  });
}
