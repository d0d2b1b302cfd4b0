// Builds dist/: TypeScript, its bundles, the WebAssembly kernels, a prepared database and the studio. With --if-stale it does so only when a
// source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.built');

/** Newest modification time below a path, in ms. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Runs a package's command line with this Node, without a shell. */
function run(script, ...parameters) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...parameters], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Compiles `src/<path>.as.ts` to `dist/<path>.wasm`. */
function compileKernel(path, ...options) {
  const wasm = [
    '--outFile',
    `dist/${path}.wasm`,
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
  ];
  const memory = ['--importMemory', '--initialMemory', '1', ...options];
  run('node_modules/assemblyscript/bin/asc.js', `src/${path}.as.ts`, ...wasm, ...memory);
}

/** Puts a compressed copy beside each script and style sheet, for the server to send. */
function compressAssets(directory) {
  for (const name of readdirSync(directory).filter((file) => /\.(js|css|svg)$/.test(file))) {
    const path = join(directory, name);
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
  }
}

const sources = ['src', 'studio', 'scripts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const stale =
  !existsSync(stamp) || sources.some((source) => newest(join(root, source)) > statSync(stamp).mtimeMs);

if (!process.argv.includes('--if-stale') || stale) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'));
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
  // The frames are shared between threads; an effect's canvas belongs to one.
  compileKernel('picture/render/warp', '--enable', 'threads', '--sharedMemory', '--maximumMemory', '32768');
  compileKernel('picture/effects/kernel/effects', '--maximumMemory', '65536');
  await bundle(root);
  run('dist/database/prepare.js', 'dist/database/prepared.tar.gz');
  run('node_modules/vite/bin/vite.js', 'build', '--config', 'studio/vite.config.ts');
  compressAssets(join(root, 'dist', 'studio', 'assets'));
  writeFileSync(stamp, '');
}
