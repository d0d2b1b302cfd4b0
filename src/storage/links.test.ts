import { expect, test } from 'vitest';
import { createLinks } from './links.ts';

const key = `${'0123456789abcdef'.repeat(2)}.mp4`;
const links = createLinks(
  () => 'https://video.example/roar',
  () => ['http://localhost:8080'],
);

test('knows its own URLs again, under every base', () => {
  expect(links.resolve(links.fileUrl(key))).toEqual({ kind: 'file', key });
  expect(links.resolve('http://localhost:8080/samples/sunset.jpg')).toEqual({
    kind: 'sample',
    name: 'sunset.jpg',
  });
});

test.each([
  'https://video.example/files/x',
  `https://video.example.evil/roar/files/${key}`,
  `https://video.example/roar/files/${key}/more`,
  'https://video.example/roar/samples/../secret-key',
  'https://video.example/roar/samples/..%2fsecret-key',
  'https://video.example/roar/files/secret-key',
])('does not take %s for its own', (url) => {
  expect(links.resolve(url)).toBeUndefined();
});
