import { expect, test } from 'vitest';
import { createOwnHost } from './own-host.ts';

test('a server on loopback answers to its own names only', () => {
  const isOwn = createOwnHost('127.0.0.1', 'https://video.example.org/base');
  const own = 'localhost:8080 127.0.0.1 [::1]:80 LOCALHOST 127.9.9.9:1 app.localhost video.example.org'.split(
    ' ',
  );
  expect(own.filter((host) => !isOwn(host))).toEqual([]);
  const foreign = ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '10.0.0.1', 'a b', ''];
  expect(foreign.filter(isOwn)).toEqual([]);
});

test('a server that listens wider answers to any name', () => {
  expect(createOwnHost('0.0.0.0', undefined)('studio.lan')).toBe(true);
});
