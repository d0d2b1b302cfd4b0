// The server as it is started from a shell, with the real engine and a database of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Starts it on a port with a key, one slot and other settings; resolves once it is ready. */
export async function startOwnServer({ port, key, settings = {} }) {
  const data = mkdtempSync(join(tmpdir(), 'stillroar-bench-server-'));
  const server = spawn(process.execPath, [cli, 'serve'], {
    cwd: data,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      STILLROAR_DATA: data,
      STILLROAR_PORT: String(port),
      STILLROAR_API_KEY: key,
      STILLROAR_SLOTS: '1',
      STILLROAR_LOG: 'error',
      DATABASE_URL: '',
      ...settings,
    },
  });
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok) await sleep(100);
  return {
    pid: server.pid,
    async close() {
      server.kill('SIGTERM');
      await once(server, 'exit');
      rmSync(data, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
