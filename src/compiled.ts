import { fileURLToPath } from 'node:url';

/**
 * The path of a built file, given its URL beside the caller. Workers and child processes are started from files, and
 * Node 20 cannot start TypeScript: when the caller itself runs from `src/` (in a test), the file of the last build
 * is named instead.
 */
export function compiledPath(relative: string, base: string): string {
  const { href } = new URL(relative, base);
  const built = base.endsWith('.ts') ? href.replace(/\/src\/(?!.*\/src\/)/, '/dist/') : href;
  return fileURLToPath(built.replace(/\.ts$/, '.js'));
}
