import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createDataDirectory, databaseUrlOf } from '../support/database.ts';
import { createNativeCaller } from '../support/native.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const watch = new URL('stall-watch.mjs', import.meta.url).href;
const apiKey = 'host'.repeat(6);

/** The built server in a process of its own. */
export interface ServerProcess {
  url: string;
  owner: ReturnType<typeof createNativeCaller>;
  /** How long its event loop was held up at most since the last question, in ms. */
  longestStall(): Promise<number>;
  credits(): Promise<number>;
  close(): Promise<void>;
}

/** Starts the program as it was built; settings are those of its environment. */
export async function startServerProcess(settings: Record<string, string>): Promise<ServerProcess> {
  const data = await createDataDirectory();
  const databaseUrl = await databaseUrlOf(data.path);
  const child = fork(cli, ['serve'], {
    cwd: data.path,
    execArgv: ['--import', watch],
    env: {
      ...process.env,
      STILLROAR_DATA: data.path,
      STILLROAR_PORT: '0',
      STILLROAR_LOG: 'error',
      STILLROAR_API_KEY: apiKey,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk;
      const address = /listens on (\S+)/.exec(text)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`The server has ended with ${code}.`)));
  });
  const owner = createNativeCaller(url, { 'x-api-key': apiKey });
  return {
    url,
    owner,
    async longestStall() {
      const answer = once(child, 'message');
      child.send('how long');
      const [{ stall }] = (await answer) as [{ stall: number }];
      return stall;
    },
    async credits() {
      return (await owner.get<{ credits: number }>('/api/v1/account')).body.credits;
    },
    async close() {
      child.kill('SIGTERM');
      await exited;
      await data.remove();
    },
  };
}
