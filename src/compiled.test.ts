import { expect, test } from 'vitest';
import { compiledPath } from './compiled.ts';

test('a source names the file of the last build', () => {
  expect(compiledPath('./child.ts', 'file:///home/me/stillroar/src/engines/builtin/pool.ts')).toBe(
    '/home/me/stillroar/dist/engines/builtin/child.js',
  );
});

test('a built file names the one beside it, wherever it is installed', () => {
  expect(compiledPath('./child.ts', 'file:///usr/src/app/dist/engines/builtin/pool.js')).toBe(
    '/usr/src/app/dist/engines/builtin/child.js',
  );
  expect(
    compiledPath('../../picture/render/warp.wasm', 'file:///usr/src/app/dist/engines/builtin/clip.js'),
  ).toBe('/usr/src/app/dist/picture/render/warp.wasm');
});
