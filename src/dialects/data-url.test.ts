import { expect, test } from 'vitest';
import { readDataUrl } from './data-url.ts';

test('reads base64 with and without padding, spaces and a type', () => {
  const text = (url: string) => {
    const bytes = readDataUrl(url);
    return bytes && Buffer.from(bytes).toString();
  };
  expect(text('data:;base64,aGk=')).toBe('hi');
  expect(text('DATA:image/png;BASE64,aG\nk= \r\n')).toBe('hi');
  expect(text('data:text/plain;charset=utf-8;base64,aGVsbG8')).toBe('hello');
});

test.each([
  '',
  'data:',
  'data:image/png,hi',
  'data:;base64,',
  'data:;base64,====',
  'data:;base64,aGk=aGk=',
  'data:;base64,aG%6b',
  'data://127.0.0.2/picture.jpg',
  `data:${'x'.repeat(300)};base64,aGk=`,
])('%s is none', (url) => {
  expect(readDataUrl(url)).toBeUndefined();
});

test('megabytes that nearly are one take no longer than those that are', () => {
  const cost = (url: string) => {
    const start = process.cpuUsage();
    readDataUrl(url);
    return process.cpuUsage(start).user / 1000;
  };
  const size = 20_000_000;
  const good = cost(`data:;base64,${'A'.repeat(size)}`);
  const bad = [' ', '\n', 'A', '=', 'A '].map((part) =>
    cost(`data:;base64,AAAA${part.repeat(size / part.length)}!`),
  );
  console.log(`20 MB: ${good.toFixed(0)} ms, nearly: ${bad.map((one) => one.toFixed(0)).join(', ')} ms`);
  // A pattern that looked at every sign more than once would take hours.
  for (const one of bad) expect(one).toBeLessThan(2_000);
});
