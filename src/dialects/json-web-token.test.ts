import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createToken, looksLikeToken, readTokenSubject, verifyToken } from './json-web-token.ts';

const token = createToken({ sub: 'client', iat: 1000, exp: 2000 }, 'secret');

test('verifies its own tokens until they expire', () => {
  expect(looksLikeToken(token)).toBe(true);
  expect(readTokenSubject(token)).toBe('client');
  expect(verifyToken(token, 'secret', 1999)).toBe(true);
  expect(verifyToken(token, 'secret', 2000)).toBe(false);
  expect(verifyToken(token, 'other', 1999)).toBe(false);
});

test('takes HS256 only, even when another algorithm is rightly signed', () => {
  const [, body] = token.split('.');
  for (const alg of ['none', 'HS512', 'RS256']) {
    const head = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    const signature = createHmac('sha256', 'secret').update(`${head}.${body}`).digest('base64url');
    expect(verifyToken(`${head}.${body}.${signature}`, 'secret', 1500)).toBe(false);
    expect(verifyToken(`${head}.${body}.`, 'secret', 1500)).toBe(false);
  }
});

test('is not confused by what is no token', () => {
  for (const text of ['', 'a.b.c', 'G8gDxchR18NuS9r8cZQqjAWh']) {
    expect(looksLikeToken(text)).toBe(false);
    expect(readTokenSubject(text)).toBeUndefined();
    expect(verifyToken(text, 'secret', 0)).toBe(false);
  }
});
