import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { OpenDatabase } from '../../src/database/open.ts';
import type { faultPoints } from './fault-points.mjs';

const program = fileURLToPath(new URL('./node.mjs', import.meta.url));

/** Where in its work a process ends itself. */
export type FaultPoint = keyof typeof faultPoints;

/** A process of a cluster. */
export interface Node {
  process: ChildProcess;
  url: string;
  key: string;
  /** Lets it end itself at a point; resolves once it will, or already has. */
  arm(point: FaultPoint): Promise<void>;
  kill(): Promise<void>;
  /** Ends it as an operator does. */
  stop(): Promise<void>;
}

/** What a process does. */
type Role = 'serve' | 'work';

function forkNode(role: Role, data: string, settings: Record<string, string>): ChildProcess {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('STILLROAR_'));
  return fork(program, [role], {
    cwd: data,
    // A process that lives for seconds is not worth V8's second, slow compilation of the embedded database.
    execArgv: ['--liftoff-only'],
    env: {
      ...Object.fromEntries(environment),
      STILLROAR_DATA: data,
      STILLROAR_PORT: '0',
      STILLROAR_LOG: 'fatal',
      STILLROAR_SECRET_KEY: 'a secret key that all of them share'.replaceAll(' ', '-'),
      STILLROAR_TASKS_AT_ONCE: 'pro=1000',
      ...settings,
    },
  });
}

/** Starts a process on the settings; resolves once it is ready. */
export async function startNode(role: Role, data: string, settings: Record<string, string>): Promise<Node> {
  const child = forkNode(role, data, settings);
  const ended = once(child, 'exit');
  const message = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  if (!message) throw new Error(`A node ended as it started: ${child.exitCode ?? child.signalCode}`);
  const [{ url, key }] = message as [{ url: string; key: string }];
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  const arm = async (faultPoint: FaultPoint) => {
    const armed = once(child, 'message');
    child.send({ faultPoint });
    await Promise.race([armed, ended]);
  };
  return { process: child, url, key, arm, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** Starts a process and kills it after so many ms, which may be before it is ready. */
export async function startAndKill(
  role: Role,
  data: string,
  settings: Record<string, string>,
  milliseconds: number,
): Promise<void> {
  const child = forkNode(role, data, settings);
  const ended = once(child, 'exit');
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await ended;
}

/** Ids of the tasks that the engine of `node.mjs` was asked to begin, in that order. */
export async function readStarts(data: string): Promise<string[]> {
  const text = await readFile(join(data, 'remote', 'starts'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}

/** What must be true of the books after whatever has happened. */
export interface Books {
  tasks: number;
  /** Tasks that have not ended. */
  open: number;
  completed: number;
  /** Tasks with more than one charge, or with none. */
  chargedWrongly: number;
  /** Completed tasks that have not exactly one video. */
  resultsWrongly: number;
  /** Tasks that ended without a result and were not given back in full. */
  notRefunded: number;
  /** Accounts whose balance is not the sum of their ledger. */
  unbalanced: number;
}

/** Reads the books. */
export async function readBooks({ database }: Pick<OpenDatabase, 'database'>): Promise<Books> {
  const { rows } = await sql<Books>`select
    (select count(*)::integer from task) as tasks,
    (select count(*)::integer from task where state in ('queued', 'processing')) as open,
    (select count(*)::integer from task where state = 'completed') as completed,
    (select count(*)::integer from task where 1 <>
      (select count(*) from ledger where task_id = task.id and entry = 'charge')) as "chargedWrongly",
    (select count(*)::integer from task where state = 'completed' and 1 <>
      (select count(*) from output where task_id = task.id and kind = 'video')) as "resultsWrongly",
    (select count(*)::integer from task where state = 'failed' and 0 <>
      (select sum(amount) from ledger where task_id = task.id)) as "notRefunded",
    (select count(*)::integer from account where credits <>
      (select sum(amount) from ledger where uid = account.uid)) as unbalanced`.execute(database);
  return rows[0]!;
}
