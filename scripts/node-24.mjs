import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '24.21.0';
const TRIES = 3;

/**
 * Brings Node 24 from the package registry, once, to a folder beside the dependencies. Throws an `Error` that says why it
 * cannot be had.
 * @returns the path of its program
 */
export function installNode24() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = fileURLToPath(new URL('../node_modules/.cache/node-24/', import.meta.url));
  const program = join(
    folder,
    'node_modules',
    name,
    process.platform === 'win32' ? 'bin/node.exe' : 'bin/node',
  );
  mkdirSync(folder, { recursive: true });
  let said = '';
  for (let attempt = 0; attempt < TRIES && !existsSync(program); attempt++) {
    const parameters = [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--no-audit',
      '--no-fund',
      `${name}@${VERSION}`,
    ];
    const { stderr, error } = spawnSync('npm', parameters, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 300_000,
    });
    said = String(error ?? stderr).trim();
  }
  if (existsSync(program)) return program;
  throw new Error(`${name}@${VERSION} could not be installed: ${said.split('\n').at(-1)}`);
}
