import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts';
import type { FaultyLine } from '../support/faulty-line.ts';
import { createNativeCaller } from '../support/native.ts';
import type { Postgres } from '../support/postgres.ts';
import { startFileServer } from '../support/server.ts';
import { type Books, type FaultPoint, type Node, readBooks, startNode } from './cluster.ts';
import { faultPoints } from './fault-points.mjs';

/** What is made to fail: a process at a random moment or at a named point, the database, or the line to it. */
type Blow = 'server' | 'worker' | 'postgres' | 'cut line' | 'held line' | FaultPoint;

/** A cluster under attack. */
export interface Battlefield {
  data: string;
  /** The real one and the line to it; the embedded database is used when left out. */
  postgres?: { server: Postgres; line: FaultyLine; databaseUrl: string };
}

/** What was left. */
export interface Outcome extends Books {
  kills: number;
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
const POINT_PATIENCE = 4_000;
const points = Object.keys(faultPoints) as FaultPoint[];

/** Strikes so many times while tasks are made and done, then lets everything settle and reads the books. */
export async function rampage(field: Battlefield, kills: number): Promise<Outcome> {
  const { data, postgres } = field;
  const blows: Blow[] = postgres
    ? ['server', 'worker', 'postgres', 'cut line', 'held line', ...points]
    : ['server', ...points];
  const first = Math.floor(Math.random() * blows.length);
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
  /** Points of a task's beginning are reached by who answers, all others by who works. */
  const isServers = (blow: Blow) =>
    !postgres || blow.startsWith('a task is written') || blow.startsWith('a task is committed');
  const isPoint = (blow: Blow): blow is FaultPoint => blow in faultPoints;
  const serve = (point?: FaultPoint) =>
    startNode('serve', data, { ...settings, STILLROAR_SLOTS: postgres ? '0' : '2' }, point);
  const work = (point?: FaultPoint) => startNode('work', data, { ...settings, STILLROAR_SLOTS: '2' }, point);
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
    if (!isAlive(server)) server = await serve();
    if (postgres && !isAlive(worker)) worker = await work();
  }

  async function strike(blow: Blow): Promise<void> {
    if (isPoint(blow)) {
      const victim = isServers(blow) ? server! : worker!;
      const until = Date.now() + POINT_PATIENCE;
      while (isAlive(victim) && Date.now() < until) await sleep(20);
      await victim.kill();
      return;
    }
    await sleep(Math.random() * 600);
    if (blow === 'server') await server!.kill();
    else if (blow === 'worker') await worker!.kill();
    else if (blow === 'postgres') {
      await postgres!.server.kill();
      await sleep(Math.random() * 1_000);
      await postgres!.server.restart();
    } else {
      if (blow === 'cut line') postgres!.line.cut();
      else postgres!.line.hold();
      await sleep(500 + Math.random() * 2_000);
      postgres!.line.mend();
    }
  }

  const recovery = new Map<string, number[]>();
  for (let kill = 0; kill < kills; kill++) {
    const blow = blows[(first + kill) % blows.length]!;
    if (isPoint(blow)) {
      if (isServers(blow)) {
        await server?.stop();
        server = await serve(blow);
      } else {
        await worker?.stop();
        worker = await work(blow);
      }
    }
    await revive();
    const [struckAt] = await Promise.all([strike(blow).then(() => Date.now()), create()]);
    await revive();
    while (!(await create())) {
      await sleep(20);
      await revive();
    }
    const kind = isPoint(blow) ? (isServers(blow) ? 'server' : 'worker') : blow;
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
    kills,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ id }) => !ids.has(id)).length,
    untold: untold(),
    recovery,
    settled,
  };
}
