import { fileURLToPath } from 'node:url';

/**
 * The path of a built file, given its URL beside the caller. Workers and child processes are started from files, and
 * Node 20 cannot start TypeScript: when the caller itself runs from `src/` (in a test), the file of the last build
 * is named instead.
 */
export function compiledPath(relative: string, base: string): string {
  const url = new URL(relative, base);
  return fileURLToPath(url.href.replace(/\/src\/(?!.*\/src\/)/, '/dist/').replace(/\.ts$/, '.js'));
}
