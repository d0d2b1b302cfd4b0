import { openAsBlob } from 'node:fs';
import type { Command } from 'commander';
import { type Client, createClient, StillroarError as ServerError, type Task } from '../client/index.ts';
import type { Report } from '../engines/builtin/clip.ts';
import { StillroarError } from '../errors.ts';
import { serverAddress } from './parse.ts';
import type { Shown } from './work.ts';

/** Which server a command asks. */
export interface ServerFlags {
  url?: string;
  key?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:8080';

/** Gives a command the flags for a server. */
export function addServer(command: Command, about: string): Command {
  return command
    .option('--url <address>', about, serverAddress)
    .option('--key <key>', 'an API key of that server [STILLROAR_API_KEY]');
}

/** A client of the server that the flags name. */
export function clientOf({ url = DEFAULT_URL, key = process.env.STILLROAR_API_KEY }: ServerFlags): Client {
  if (!key) {
    throw new StillroarError('unauthenticated', 'Give the server’s API key with --key or STILLROAR_API_KEY.');
  }
  return createClient({ baseUrl: url, apiKey: key });
}

/** @throws StillroarError `invalid-field` for a length that servers do not make */
export function lengthOf(seconds: number): 5 | 10 {
  if (seconds === 5 || seconds === 10) return seconds;
  throw new StillroarError('invalid-field', 'A server makes videos of 5 or 10 seconds.');
}

/** A file of this machine's for the client to bring. */
export function fileOf(path: string): Promise<Blob> {
  return openAsBlob(path);
}

/** Lets a server make something, waits, and fetches it. Interrupted, the task is cancelled. */
export async function workRemotely(
  client: Client,
  create: () => Promise<Task>,
  out: string,
  report: Report,
  signal: AbortSignal,
): Promise<Shown & { task: Task }> {
  return asOurs(async () => {
    const { id } = await create();
    const onUpdate = ({ progress, stage }: Task) => report(progress, stage ?? 'fetching');
    const task = await client.wait(id, { signal, onUpdate }).catch(async (error: unknown) => {
      if (signal.aborted) await client.cancel(id).catch(() => {});
      throw error;
    });
    return { path: await client.download(task, out), warnings: task.warnings, task };
  });
}

/** What a server refused, as an error of this program's. */
export async function asOurs<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new StillroarError('engine-failed', error.message, { cause: error });
  }
}
