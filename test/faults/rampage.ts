import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts';
import { createRandom } from '../../src/random.ts';
import type { FaultyLine } from '../support/faulty-line.ts';
import { createNativeCaller } from '../support/native.ts';
import type { Postgres } from '../support/postgres.ts';
import { startFileServer } from '../support/server.ts';
import { type Books, type FaultPoint, type Node, readBooks, startAndKill, startNode } from './cluster.ts';
import { faultPoints } from './fault-points.mjs';

/** What is made to fail: a process at a random moment, as it starts or at a named point; the database, or the line to it. */
type Blow = 'server' | 'starting server' | 'worker' | 'postgres' | 'cut line' | 'held line' | FaultPoint;

/** A cluster under attack. */
export interface Battlefield {
  data: string;
  /** The real one and the line to it; the embedded database is used when left out. */
  postgres?: { server: Postgres; line: FaultyLine; databaseUrl: string };
}

/** What was left. */
export interface Outcome extends Books {
  kills: number;
  /** How many of them were meant for a named point, and how many processes came to theirs. */
  points: { meant: number; met: number };
  acknowledged: number;
  /** Acknowledged tasks that are not there. */
  lost: number;
  /** Callbacks of acknowledged tasks that nobody has heard. */
  untold: number;
  /** From each blow to the next task that was taken in, in ms, by what was hit. */
  recovery: Map<string, number[]>;
  /** From the last blow until every task had ended, in ms. */
  settled: number;
}

const PUBLIC_URL = 'http://stillroar.example';
/** A process that never comes to its fault point is killed after so many ms. */
const POINT_PATIENCE = 60_000;
/** How long after its start a process is killed at the latest, in ms: it may have become ready by then. */
const LONGEST_START = 3_000;
const points = Object.keys(faultPoints) as FaultPoint[];

/**
 * Strikes so many times while tasks are made and done, then lets everything settle and reads the books.
 * @param seed decides where it begins in the list of blows, and the moments
 * @param minutes after which it strikes no more
 */
export async function rampage(
  field: Battlefield,
  kills: number,
  seed: number,
  minutes: number,
): Promise<Outcome> {
  const { data, postgres } = field;
  const random = createRandom(seed);
  const blows: Blow[] = postgres
    ? ['server', 'starting server', 'worker', 'postgres', 'cut line', 'held line', ...points]
    : ['server', 'starting server', ...points];
  const first = Math.floor(random() * blows.length);
  const met = { meant: 0, met: 0 };
  const told = new Map<string, Set<string>>();
  const hook = await startFileServer((request, response) => {
    const task = request.url!.slice(1);
    told.set(task, (told.get(task) ?? new Set()).add(String(request.headers['webhook-id'])));
    request.resume().on('end', () => response.writeHead(204).end());
  });
  const settings = {
    STILLROAR_PUBLIC_URL: PUBLIC_URL,
    ...(postgres && { DATABASE_URL: postgres.databaseUrl }),
  };
  /** Points of a task's beginning are reached by who answers, a callback is sent by either, and all else is the worker's. */
  function reachedBy(point: FaultPoint): Node[] {
    const isBeginning = point.startsWith('a task is written') || point.startsWith('a task is committed');
    if (!postgres || isBeginning) return [server!];
    return point.startsWith('a callback') ? [server!, worker!] : [worker!];
  }
  const isPoint = (blow: Blow): blow is FaultPoint => blow in faultPoints;
  const serving = { ...settings, STILLROAR_SLOTS: postgres ? '0' : '2' };
  const working = { ...settings, STILLROAR_SLOTS: '2' };
  const isAlive = (node: Node | undefined) =>
    node !== undefined && node.process.exitCode === null && node.process.signalCode === null;

  let server: Node | undefined;
  let worker: Node | undefined;
  let made = 0;
  const acknowledged: { id: string; name: string }[] = [];

  /** Makes a task; false when nobody has said that it was made. */
  async function create(): Promise<boolean> {
    const name = `task-${made++}`;
    const answer = await createNativeCaller(server!.url, { authorization: `Bearer ${server!.key}` })
      .post('/api/v1/tasks', {
        image: `${PUBLIC_URL}/samples/sunset.jpg`,
        prompt: 'x',
        webhookUrl: `${hook.url}/${name}`,
      })
      .catch(() => undefined);
    if (answer?.status !== 201) return false;
    acknowledged.push({ id: answer.body.id, name });
    return true;
  }

  /** Starts what is dead; the embedded database has no other process. */
  async function revive(): Promise<void> {
    if (!isAlive(server)) server = await startNode('serve', data, serving);
    if (postgres && !isAlive(worker)) worker = await startNode('work', data, working);
  }

  async function strike(blow: Blow): Promise<void> {
    if (isPoint(blow)) {
      const victims = reachedBy(blow);
      const until = Date.now() + POINT_PATIENCE;
      while (victims.every(isAlive) && Date.now() < until) await sleep(20);
      met.meant += 1;
      if (!victims.every(isAlive)) met.met += 1;
      else console.log(`not met: ${blow}`);
      await Promise.all(victims.map((victim) => victim.kill()));
      return;
    }
    await sleep(random() * 600);
    if (blow === 'server') await server!.kill();
    else if (blow === 'worker') await worker!.kill();
    else if (blow === 'starting server') {
      await server!.kill();
      await startAndKill('serve', data, serving, random() * LONGEST_START);
    } else if (blow === 'postgres') {
      await postgres!.server.kill();
      await sleep(random() * 1_000);
      await postgres!.server.restart();
    } else {
      if (blow === 'cut line') postgres!.line.cut();
      else postgres!.line.hold();
      await sleep(500 + random() * 2_000);
      postgres!.line.mend();
    }
  }

  const recovery = new Map<string, number[]>();
  const strikesUntil = Date.now() + minutes * 60_000;
  let struck = 0;
  for (; struck < kills && Date.now() < strikesUntil; struck++) {
    const blow = blows[(first + struck) % blows.length]!;
    await revive();
    // Only then is the task made that shall bring them there.
    if (isPoint(blow)) await Promise.all(reachedBy(blow).map((victim) => victim.arm(blow)));
    const [struckAt] = await Promise.all([strike(blow).then(() => Date.now()), create()]);
    await revive();
    while (!(await create())) {
      await sleep(20);
      await revive();
    }
    const kind = isPoint(blow) ? 'at a named point' : blow;
    recovery.set(kind, [...(recovery.get(kind) ?? []), Date.now() - struckAt]);
  }

  const began = Date.now();
  if (!postgres) {
    // The embedded database is read when its server has ended.
    const caller = createNativeCaller(server!.url, { authorization: `Bearer ${server!.key}` });
    for (const { id } of acknowledged) await caller.wait(id, 'completed', 'failed');
  }
  let opened: OpenDatabase | undefined = postgres
    ? await openDatabase({ dataDirectory: data, databaseUrl: postgres.databaseUrl })
    : undefined;
  while (opened && (await readBooks(opened)).open > 0) await sleep(100);
  const settled = Date.now() - began;
  const untold = () => acknowledged.filter(({ name }) => (told.get(name)?.size ?? 0) < 2).length;
  const until = Date.now() + 60_000;
  while (untold() > 0 && Date.now() < until) await sleep(100);
  await Promise.all([server, worker].map((node) => node?.stop()));
  opened ??= await openDatabase({ dataDirectory: data, databaseUrl: undefined });
  const books = await readBooks(opened);
  const { rows } = await sql<{ id: string }>`select id from task`.execute(opened.database);
  const ids = new Set(rows.map(({ id }) => id));
  await opened.close();
  await hook.close();
  return {
    ...books,
    kills: struck,
    points: met,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ id }) => !ids.has(id)).length,
    untold: untold(),
    recovery,
    settled,
  };
}
