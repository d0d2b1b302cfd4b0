import { expect, test } from 'vitest';
import { readConfig, settings } from './config.ts';

test('what help says of a default is the default', () => {
  const spoken = Object.values(settings).filter((setting) => 'defaultText' in setting);
  expect(spoken.length).toBeGreaterThan(3);
  for (const { default: value, defaultText, parse } of spoken) expect(parse(defaultText!)).toEqual(value);
});

test('has a default for everything', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    queueTtl: 86_400,
    retention: 604_800,
  });
});

test('puts flags before the environment before the file', () => {
  const file = { port: 1, host: '10.0.0.1', retention: '1d' };
  const environment = { STILLROAR_PORT: '2', STILLROAR_HOST: '10.0.0.2' };
  expect(readConfig({ flags: { port: '3' }, environment, file })).toMatchObject({
    port: 3,
    host: '10.0.0.2',
    retention: 86_400,
  });
});

test('names all wrong settings at once and suggests the right name', () => {
  const environment = { STILLROAR_PROT: '80', STILLROAR_PORT: 'many', STILLROAR_API_KEY: 'short' };
  const file = { retentoin: '1d' };
  let message = '';
  try {
    readConfig({ environment, file });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain('did you mean STILLROAR_PORT?');
  expect(message).toContain('STILLROAR_PORT must be a whole number from 0 to 65535.');
  expect(message).toContain('STILLROAR_API_KEY must be exactly 24');
  expect(message).toContain('did you mean retention?');
});

test('reads the hosts that may be reached', () => {
  const hosts = (text: string) => readConfig({ environment: { STILLROAR_ALLOW_HOSTS: text } }).allowHosts;
  expect(hosts('none')).toEqual([]);
  expect(hosts('minio, 10.1.0.0/16,fd00::/8')).toEqual(['minio', '10.1.0.0/16', 'fd00::/8']);
  for (const wrong of ['http://a', '10.0.0.0/33', 'a b']) expect(() => hosts(wrong)).toThrow('CIDR');
});

test('wants a shared secret key with a shared database', () => {
  expect(() => readConfig({ environment: { DATABASE_URL: 'postgres://a/b' } })).toThrow(
    'STILLROAR_SECRET_KEY',
  );
});

test('explains every setting in one sentence', () => {
  for (const { about } of Object.values(settings)) expect(about).toMatch(/^[A-Z].*\.$/);
});
