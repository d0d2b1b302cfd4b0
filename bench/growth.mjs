// How cost grows: what the server asks the database for most, against the number of tasks of one account and the number of
// accounts. Beside the median of many questions in ms stands how many entries of `task` and its indices the database looked
// at, which no other work on the machine changes; a flat row is what is hoped for. Takes minutes: MOST=10000 does no more tasks than that.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createAccounts } from '../dist/credits/accounts.js';
import { createSealing } from '../dist/credits/sealing.js';
import { openDatabase } from '../dist/database/open.js';
import {
  numberQueues,
  selectLiveTaskIds,
  selectTaskPage,
  selectTaskSearch,
  selectTasks,
} from '../dist/tasks/task-table.js';
import { startPostgres } from './postgres.mjs';
import { tableLines, writePart } from './report.mjs';

/** Tasks of one account. */
const SIZES = { embedded: [1_000, 10_000, 100_000], PostgreSQL: [1_000, 10_000, 100_000, 1_000_000] };
/** Accounts with ten tasks each. */
const ACCOUNTS = [10, 1_000, 10_000];
const QUESTIONS = 25;
/** Time that a question may take up, in ms. */
const PATIENCE = 3_000;
/** Rows that one statement writes: a connection that says nothing for a minute is taken for dead. */
const AT_ONCE = 50_000;
const count = (value) => value.toLocaleString('en');
const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

/** Adds completed tasks with the numbers from … to, one result each, of the account that `uid` says (SQL over `number`). */
async function addTasks(database, uid, from, to) {
  for (let first = from; first <= to; first += AT_ONCE) {
    const last = Math.min(to, first + AT_ONCE - 1);
    await sql`with made as (
        insert into task (id, uid, client_id, kind, state, input, seed, engine, model, credits, priority, dialect,
          created_at, updated_at)
        select lpad(to_hex(number), 24, '0'), ${uid}, 'bench', 'image-to-video', 'completed',
          jsonb_build_object('prompt', 'a stream in the woods, take ' || number), 1, 'builtin', 'builtin-fast', 10, 0,
          'native', at, at
        from generate_series(${first}::integer, ${last}::integer) number,
          lateral (select now() - make_interval(secs => 4000000 - number) as at) made
        returning id)
      insert into output (key, task_id, kind, content_type, file_name, bytes)
      select id || '.mp4', id, 'video', 'video/mp4', 'stream.mp4', 1000000 from made`.execute(database);
  }
}

/** Does something without telling anybody of the tasks that it writes. */
async function quietly(database, work) {
  await sql`alter table task disable trigger user`.execute(database);
  await work();
  await sql`alter table task enable trigger user`.execute(database);
  await sql`vacuum analyze`.execute(database);
}

/** How many entries of `task` and its indices one question looks at. */
async function countLooks(database, ask) {
  return database.transaction().execute(async (transaction) => {
    const looked = async () => {
      const { rows } = await sql`select (
          (select seq_tup_read from pg_stat_xact_user_tables where relname = 'task') +
          (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = 'task'::regclass)
        )::integer as looks`.execute(transaction);
      return rows[0].looks;
    };
    const before = await looked();
    await ask(transaction);
    return (await looked()) - before;
  });
}

/** Median of a question in ms, after it has been asked once, and what it looks at; a slow one is not asked as often. */
async function measure(database, ask) {
  const looks = await countLooks(database, ask);
  const times = [];
  const enough = performance.now() + PATIENCE;
  for (let round = 0; round < QUESTIONS && (round < 3 || performance.now() < enough); round++) {
    const began = performance.now();
    await ask(database);
    times.push(performance.now() - began);
  }
  return `${median(times).toFixed(1)} (${count(looks)})`;
}

/** What is asked for most, by an account whose newest tasks have these numbers. */
async function questionsOf(database, uid) {
  const page = { after: undefined, limit: 30 };
  const { ids } = await selectTaskSearch(database, uid, {}, page);
  const { number } = await database
    .selectFrom('task')
    .select(sql`((min(number) + max(number)) / 2)::bigint`.as('number'))
    .where('uid', '=', uid)
    .executeTakeFirstOrThrow();
  const minuteAgo = await database
    .selectFrom('task')
    .select(sql`max(updated_at) - interval '1 minute'`.as('at'))
    .where('uid', '=', uid)
    .executeTakeFirstOrThrow();
  const search = (filter, more) => (asked) => selectTaskSearch(asked, uid, filter, { ...page, ...more });
  return {
    'results of 30 tasks': (asked) => selectTasks(asked, ids),
    'places of all that wait': (asked) => numberQueues(asked),
    'one result': (asked) => selectTasks(asked, ids.slice(-1)),
    'newest 30': search({}),
    '30 from the middle': search({}, { after: String(number) }),
    '30 completed': search({ states: ['completed'] }),
    'failed, of which there are none': search({ states: ['failed'] }),
    'page 1 of a kind': (asked) => selectTaskPage(asked, uid, 'image-to-video', { offset: 0, limit: 30 }),
    'page 1 of a kind that is not there': (asked) =>
      selectTaskPage(asked, uid, 'video-to-audio', { offset: 0, limit: 30 }),
    'words found': search({ text: 'woods' }),
    'words not there, a page': search({ text: 'volcano' }),
    'what a stream goes on with': (asked) => selectLiveTaskIds(asked, uid, minuteAgo.at),
  };
}

/** Rows of questions, a column for each size. */
async function measureTasks(database, uid, sizes) {
  const rows = {};
  let filled = 0;
  for (const size of sizes) {
    await quietly(database, async () => {
      await sql`update task set state = 'completed' where state = 'queued'`.execute(database);
      await addTasks(database, sql`${uid}::integer`, filled + 1, size);
      await sql`update task set state = 'queued' where number in (select number from task order by number desc limit 50)`.execute(
        database,
      );
    });
    filled = size;
    for (const [question, ask] of Object.entries(await questionsOf(database, uid))) {
      rows[question] ??= { question };
      rows[question][`${count(size)} tasks`] = await measure(database, ask);
    }
  }
  return Object.values(rows);
}

/** The same of an account with ten tasks, beside ever more of its like and what stands in the table already. */
async function measureAccounts(database, most) {
  const asked = ['results of 30 tasks', 'newest 30', 'words not there, a page', 'what a stream goes on with'];
  const rows = {};
  let filled = 0;
  const { first } = await database
    .selectFrom('task')
    .select(sql`count(*)::integer`.as('first'))
    .executeTakeFirstOrThrow();
  for (const size of ACCOUNTS.filter((size) => size <= most)) {
    const { uid } = (
      await sql`insert into account (team_id, plan)
        select 'f' || lpad(to_hex(number), 23, '0'), 'pro' from generate_series(${filled + 1}::integer, ${size}::integer) number
        returning uid`.execute(database)
    ).rows.at(-1);
    const owner = sql`${uid}::integer - number % ${size - filled}::integer`;
    await quietly(database, () => addTasks(database, owner, first + 10 * filled + 1, first + 10 * size));
    filled = size;
    const questions = await questionsOf(database, uid);
    for (const question of asked) {
      rows[question] ??= { question };
      rows[question][`${count(size)} accounts`] = await measure(database, questions[question]);
    }
  }
  return Object.values(rows);
}

export async function benchGrowth({ most = Number(process.env.MOST ?? 1_000_000) } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-growth-'));
  const postgres = await startPostgres();
  const lines = [];
  try {
    for (const [name, sizes] of Object.entries(SIZES)) {
      const databaseUrl = name === 'PostgreSQL' ? await postgres.createDatabase() : undefined;
      const opened = await openDatabase({ dataDirectory: directory, databaseUrl });
      const { database } = opened;
      try {
        await createAccounts(database, createSealing('0'.repeat(64))).ensureFirst({});
        const { uid } = await database.selectFrom('account').select('uid').executeTakeFirstOrThrow();
        const ofTasks = await measureTasks(
          database,
          uid,
          sizes.filter((size) => size <= most),
        );
        const ofAccounts = await measureAccounts(database, most / 10);
        for (const table of [ofTasks, ofAccounts]) {
          console.log(`\n${name}`);
          console.table(table);
        }
        lines.push('', `### ${name}`, ...tableLines(ofTasks), '', ...tableLines(ofAccounts));
      } finally {
        await opened.close();
      }
    }
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true });
  }
  writePart('growth', [
    '## How cost grows with tasks and accounts',
    `What the server asks the database for most, against the number of tasks that one account has, and of accounts with ten tasks`,
    `each beside it: the median of ${QUESTIONS} questions in ms and, in brackets, how many entries of the table of tasks and its`,
    'indices the database looked at. `npm run bench -- growth` writes this part anew.',
    ...lines,
  ]);
}
