import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createEmbeddedDirectory,
  openTestDatabase,
  type TestDatabase,
  type TestDirectory,
} from '../../test/support/database.ts';
import { type Postgres, startPostgres } from '../../test/support/postgres.ts';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations.ts';
import { type OpenDatabase, openDatabase } from '../database/open.ts';
import type { Database } from '../database/schema.ts';
import { compareAll, inSnapshot, transferTables } from '../database/transfer.ts';
import { backUp, backUpInto, carryOver, restore } from './backup.ts';
import { openQueue, type Queue } from './queue.ts';

let source: TestDatabase;
let postgres: Postgres;
let directory: string;

/** As many tasks as an installation has after a while: ended, failed and refunded, waiting and at work. */
async function grow({ database, uid }: TestDatabase, tasks: number): Promise<void> {
  await sql`insert into task (id, uid, client_id, kind, state, input, seed, engine, model, credits, priority,
      dialect, attempt, operation, plan, warnings, created_at, updated_at)
    select lpad(to_hex(n), 24, '0'), ${uid}, 'c', 'image-to-video',
      (array['completed', 'failed', 'queued', 'processing'])[1 + n % 4],
      jsonb_build_object('prompt', 'wörds "and" \\ tabs' || chr(9) || n, 'seconds', 5.1), n, 'builtin', 'builtin-fast', 1,
      -n % 7, 'akool', n % 3, case when n % 4 = 3 then '{"id": "x"}'::jsonb end,
      case when n % 4 = 0 then '{"picture": {"a": [0.1, 1e-7]}}'::jsonb end, '[]',
      now() - n * interval '1.000001 s', now()
    from generate_series(1, ${tasks}) n`.execute(database);
  await sql`insert into ledger (uid, task_id, entry, amount, reason)
    select uid, id, 'charge', -1, 'x' from task`.execute(database);
  await sql`insert into ledger (uid, task_id, entry, amount, reason)
    select uid, id, 'refund', 1, 'x' from task where state = 'failed'`.execute(database);
  await sql`insert into output (key, task_id, kind, content_type, file_name, bytes, duration_seconds)
    select md5(id) || '.mp4', id, 'video', 'video/mp4', 'x.mp4', 1, 5.041666666666667 from task
    where state = 'completed'`.execute(database);
  await sql`insert into delivery (task_id, uid, client_id, dialect, url, task_state, next_at, created_at)
    select id, uid, 'c', 'akool', 'https://example.org/', state, now(), now() from task`.execute(database);
  await sql`insert into delivery_attempt (delivery_id, attempt, at, milliseconds)
    select id, 1, now(), 3 from delivery`.execute(database);
}

const TASKS = 2_000;
const OPEN = TASKS / 2;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-backup-'));
  source = await openTestDatabase(await createEmbeddedDirectory());
  postgres = await startPostgres();
  await grow(source, TASKS);
});
afterAll(async () => {
  await source.close();
  await postgres.stop();
  await rm(directory, { recursive: true });
});

/** A new database with its queue, empty. */
async function openEmpty(
  name: string | undefined,
): Promise<OpenDatabase & { queue: Queue; clean(): Promise<void> }> {
  const data: TestDirectory | undefined = name ? undefined : await createEmbeddedDirectory();
  const databaseUrl = name ? await postgres.createDatabase(name) : undefined;
  const opened = await openDatabase({ dataDirectory: data?.path ?? '', databaseUrl });
  const queue = await openQueue(opened.queueOptions, () => {});
  return {
    ...opened,
    queue,
    async clean() {
      await queue.close();
      await opened.close();
      await data?.remove();
    },
  };
}

/** What the books and the next numbers of a carried database must be. */
async function checkCarried(database: Database, queue: Queue): Promise<void> {
  const { rows } = await sql`select
    (select count(*)::integer from task) as tasks,
    (select count(*)::integer from task where state = 'queued' and attempt = 0) as open,
    (select credits = (select sum(amount) from ledger) from account) as "isBalanced",
    (select max(number) < nextval(pg_get_serial_sequence('task', 'number')) from task) as "goesOn"
  `.execute(database);
  expect(rows).toEqual([{ tasks: TASKS, open: OPEN, isBalanced: true, goesOn: true }]);
  const [lease] = await queue.take(1);
  const { rows: highest } =
    await sql`select max(priority) as priority from task where state = 'queued'`.execute(database);
  const { rows: taken } = await sql`select priority from task where id = ${lease!.taskId}`.execute(database);
  expect(taken).toEqual(highest);
  // The triggers are back.
  await expect(sql`update ledger set amount = 0`.execute(database)).rejects.toThrow('append-only');
}

test('every table of ours is carried over', async () => {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' order by 1`.execute(source.database);
  const expected = [...transferTables.map(({ name }) => name), 'chore', 'migration'].sort();
  expect(rows.map(({ name }) => name)).toEqual(expected);
});

test('the embedded database goes over to PostgreSQL, compared row by row, and its open tasks wait there', async () => {
  const target = await openEmpty('carried');
  const began = Date.now();
  const { rows, requeued } = await carryOver(source.database, target.database, target.queue);
  const sum = Object.values(rows).reduce((a, b) => a + b);
  console.log(
    `${sum} rows in ${Object.keys(rows).length} tables carried and compared in ${Date.now() - began} ms`,
  );
  expect(rows).toMatchObject({ account: 1, task: TASKS, ledger: 1 + TASKS * 1.25, delivery: TASKS });
  expect(requeued).toBe(OPEN);
  await checkCarried(target.database, target.queue);
  await expect(carryOver(source.database, target.database, target.queue)).rejects.toThrow(
    'already holds 1 account. Name an empty one.',
  );
  await target.clean();
});

test('a copy that differs by one digit is found, whichever row it is in', async () => {
  const target = await openEmpty('differing');
  await carryOver(source.database, target.database, target.queue);
  await sql`update output set duration_seconds = duration_seconds + 1e-9
    where key = (select max(key) from output)`.execute(target.database);
  // The tasks that wait again differ on purpose.
  const compare = inSnapshot(source.database, (from) =>
    inSnapshot(target.database, async (to) => {
      await sql`update task set attempt = 0`.execute(to);
      return compareAll(from, to);
    }),
  );
  await expect(compare).rejects.toThrow('The copy differs in the table task');
  await target.clean();
});

test.each([
  ['embedded', undefined],
  ['PostgreSQL', 'restored'],
])('a backup restores into an empty database: %s', async (_, name) => {
  const path = join(directory, 'a.backup');
  await backUp(source.database, path, 'the secret key');
  const target = await openEmpty(name);
  const { requeued, header, rows } = await restore(target.database, target.queue, path);
  expect([requeued, header.secretKey, rows.task]).toEqual([OPEN, 'the secret key', TASKS]);
  await checkCarried(target.database, target.queue);
  await expect(restore(target.database, target.queue, path)).rejects.toThrow('already holds 1 account');
  await target.clean();
});

test('a backup of an older version is restored into its own tables and migrated', async () => {
  const path = join(directory, 'old.backup');
  const old = await openEmpty('old');
  await sql`drop schema public cascade`.execute(old.database);
  await sql`create schema public`.execute(old.database);
  await migrate(old.database, 1);
  await sql`insert into account (team_id, plan) values (${'a'.repeat(24)}, 'pro')`.execute(old.database);
  await sql`insert into ledger (uid, entry, amount, reason) select uid, 'grant', 7, 'x' from account`.execute(
    old.database,
  );
  const lines = await sql<{
    line: string;
  }>`select 'account' || chr(9) || to_jsonb(account) as line from account
    union all select 'ledger' || chr(9) || to_jsonb(ledger) from ledger`.execute(old.database);
  await old.clean();
  const { createHash } = await import('node:crypto');
  const text = [
    'header\t{"schema":1,"createdAt":"2026-01-01T00:00:00Z"}',
    ...lines.rows.map(({ line }) => line),
    '',
  ];
  const sha256 = createHash('sha256').update(text.join('\n')).digest('hex');
  await writeFile(path, gzipSync(`${text.join('\n')}end\t${JSON.stringify({ rows: 2, sha256 })}\n`));

  const target = await openEmpty('from-old');
  await sql`create table somebody_elses (x integer)`.execute(target.database);
  await restore(target.database, target.queue, path);
  const { rows } = await sql`select credits, suspended_at, (select max(version) from migration) as version
    from account`.execute(target.database);
  expect(rows).toEqual([{ credits: 7, suspended_at: null, version: migrations.length }]);
  await sql`select x from somebody_elses`.execute(target.database);
  await target.clean();
});

test('a damaged, cut off or newer backup, or another file, is refused with a sentence and writes nothing', async () => {
  const path = join(directory, 'b.backup');
  await backUp(source.database, path, undefined);
  const bytes = await readFile(path);
  const text = gunzipSync(bytes).toString();
  const target = await openEmpty(undefined);
  const cases: [Buffer, string][] = [
    [bytes.subarray(0, bytes.length / 2), 'no whole backup'],
    [gzipSync(text.replace(/end\t.*\n$/, '')), 'its end is missing'],
    [gzipSync(text.replace('"seed": 7,', '"seed": 8,')), 'its sum is wrong'],
    [gzipSync(text.replace('"schema":', '"schema":9')), 'The backup is of version 9'],
    [gzipSync('hello\n'), 'it does not begin as one'],
    [Buffer.from('hello'), 'no whole backup'],
  ];
  for (const [content, problem] of cases) {
    await writeFile(path, content);
    await expect(restore(target.database, target.queue, path), problem).rejects.toThrow(problem);
    const { rows } = await sql`select count(*)::integer as accounts from account`.execute(target.database);
    expect(rows, problem).toEqual([{ accounts: 0 }]);
  }
  await expect(restore(target.database, target.queue, join(directory, 'missing'))).rejects.toThrow('ENOENT');
  await target.clean();
});

test('daily backups are kept up to a number, and other files are left alone', async () => {
  const into = join(directory, 'daily');
  for (let day = 1; day <= 4; day++) {
    await backUpInto(into, source.database, undefined, 2, new Date(Date.UTC(2026, 0, day)));
    if (day === 1) await writeFile(join(into, 'mine.txt'), 'x');
  }
  expect((await readdir(into)).sort()).toEqual([
    'mine.txt',
    'stillroar-2026-01-03T00-00-00Z.backup',
    'stillroar-2026-01-04T00-00-00Z.backup',
  ]);
});
