// One clip in a process of its own, and what it cost.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Makes a clip with the options of `animate`, or without an image of `imagine`.
 *
 * @returns wall, user and all CPU seconds, and the peak of memory in MB
 */
export function makeOnce(options) {
  const script = fileURLToPath(new URL('clip-once.mjs', import.meta.url));
  const child = spawnSync(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`A clip failed: ${JSON.stringify(options)}`);
  return JSON.parse(child.output[3]);
}
