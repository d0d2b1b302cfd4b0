import { expect, test } from 'vitest';
import { createSealing, hashSecret } from './sealing.ts';

test('opens what it has sealed, and never seals alike twice', () => {
  const sealing = createSealing('a server key');
  const sealed = sealing.seal('the secret');
  expect(sealed).not.toContain('the secret');
  expect(sealing.seal('the secret')).not.toBe(sealed);
  expect(sealing.open(sealed)).toBe('the secret');
});

test('does not open with another key, or what was changed', () => {
  const sealed = createSealing('a server key').seal('the secret');
  expect(() => createSealing('another key').open(sealed)).toThrow();
  const changed = Buffer.from(sealed, 'base64');
  changed[changed.length - 1]! ^= 1;
  expect(() => createSealing('a server key').open(changed.toString('base64'))).toThrow();
});

test('hashes with SHA-256', () => {
  // FIPS 180-2, appendix B.1.
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
