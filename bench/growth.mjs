// How cost grows: what the server asks the database for most, against the number of tasks that one account has. Each figure
// is the median of many questions to the embedded database, in ms; a flat row is what is hoped for. Takes minutes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createAccounts } from '../dist/credits/accounts.js';
import { createSealing } from '../dist/credits/sealing.js';
import { openDatabase } from '../dist/database/open.js';
import {
  countOpenTasks,
  selectLiveTaskIds,
  selectTaskPage,
  selectTaskSearch,
  selectTasks,
} from '../dist/tasks/task-table.js';
import { tableLines, writePart } from './report.mjs';

const SIZES = [1_000, 10_000, 100_000];
const QUESTIONS = 25;
/** Time that a question may take up, in ms. */
const PATIENCE = 3_000;
const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

/** Adds completed tasks until there are so many, the newest fifty of them queued, each of the others with one result. */
async function fill(database, uid, clientId, count) {
  await sql`insert into task (id, uid, client_id, kind, state, input, seed, engine, model, credits, priority, warnings, dialect,
      created_at, updated_at)
    select lpad(to_hex(number), 24, '0'), ${uid}, ${clientId}, 'image-to-video', 'completed',
      jsonb_build_object('prompt', 'a stream in the woods, take ' || number), number, 'builtin', 'builtin-fast', 10, 0, '[]', 'native',
      now() - make_interval(secs => ${2 * count} - number), now() - make_interval(secs => ${2 * count} - number)
    from generate_series((select count(*) + 1 from task), ${count}::integer) number`.execute(database);
  await sql`insert into output (key, task_id, kind, content_type, file_name, bytes)
    select task.id || '.mp4', task.id, 'video', 'video/mp4', 'stream.mp4', 1000000 from task
    where not exists (select 1 from output where task_id = task.id)`.execute(database);
  await sql`update task set state = 'completed' where state = 'queued'`.execute(database);
  await sql`update task set state = 'queued' where number in (select number from task order by number desc limit 50)`.execute(
    database,
  );
  await sql`vacuum analyze`.execute(database);
}

/** Milliseconds of a question, after it has been asked once; a slow one is not asked as often. */
async function time(ask) {
  await ask();
  const times = [];
  const enough = performance.now() + PATIENCE;
  for (let round = 0; round < QUESTIONS && (round < 3 || performance.now() < enough); round++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return median(times).toFixed(1);
}

export async function benchGrowth({ sizes = SIZES } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-growth-'));
  const opened = await openDatabase({ dataDirectory: directory, databaseUrl: undefined });
  const { database } = opened;
  try {
    const accounts = createAccounts(database, createSealing('0'.repeat(64)));
    const { clientId } = await accounts.ensureFirst({});
    const { uid } = await database.selectFrom('account').select('uid').executeTakeFirstOrThrow();
    const rows = {};
    for (const size of sizes) {
      await fill(database, uid, clientId, size);
      const newest = await selectTaskSearch(database, uid, {}, { after: undefined, limit: 30 });
      const ids = newest.map(({ id }) => id);
      const middle = String(Math.round(Number(newest[0].number) / 2));
      const hourAgo = new Date(Date.now() - 3_600_000);
      const questions = {
        'results of 30 tasks': () => selectTasks(database, ids),
        'one result': () => selectTasks(database, ids.slice(-1)),
        'newest 30': () => selectTaskSearch(database, uid, {}, { after: undefined, limit: 30 }),
        '30 from the middle': () => selectTaskSearch(database, uid, {}, { after: middle, limit: 30 }),
        '30 completed': () =>
          selectTaskSearch(database, uid, { states: ['completed'] }, { after: undefined, limit: 30 }),
        'page 1 of a kind': () => selectTaskPage(database, uid, 'image-to-video', { offset: 0, limit: 30 }),
        'words found': () =>
          selectTaskSearch(database, uid, { text: 'woods' }, { after: undefined, limit: 30 }),
        'words not there': () =>
          selectTaskSearch(database, uid, { text: 'volcano' }, { after: undefined, limit: 30 }),
        'what a stream begins with': () => selectLiveTaskIds(database, uid, hourAgo),
        'room in the queue': () => countOpenTasks(database, uid, 'builtin'),
      };
      for (const [name, ask] of Object.entries(questions)) {
        rows[name] ??= { question: name };
        rows[name][`${size.toLocaleString('en')} tasks, ms`] = await time(ask);
      }
    }
    const table = Object.values(rows);
    writePart('growth', [
      '## How cost grows',
      'What the server asks the embedded database for most, against the number of tasks of one account, in ms: the median of 25',
      'questions. `npm run bench -- growth` writes this part anew.',
      '',
      ...tableLines(table),
    ]);
    return table;
  } finally {
    await opened.close();
    rmSync(directory, { recursive: true });
  }
}
