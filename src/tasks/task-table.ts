import { sql } from 'kysely';
import type { Database, DatabaseTransaction, NewTaskRow, OutputRow, TaskRow } from '../database/schema.ts';
import type { TaskKind } from '../engines/engine.ts';
import { statesBefore, type TaskFilter, type TaskState } from './task.ts';

/** All SQL of the tables `task`, `output` and `input_file`. What a change means stands in `transitions.ts`. */

/** A task with what it made. */
export interface TaskRecord extends TaskRow {
  outputs: OutputRow[];
}

/** The tasks with these ids, whoever owns them, in no order; unknown ids are left out. */
export async function selectTasks(database: Database, ids: string[]): Promise<TaskRecord[]> {
  return database
    .selectFrom('task')
    .selectAll('task')
    .select(
      sql<OutputRow[]>`coalesce(
        (select jsonb_agg(to_jsonb(output)) from output where output.task_id = task.id), '[]'
      )`.as('outputs'),
    )
    .where(sql<boolean>`task.id = any(${ids}::text[])`)
    .execute();
}

/** The place of every task that waits in its engine's queue, by id; 1 is next. */
export async function numberQueues(database: Database): Promise<Map<string, number>> {
  const queues = await database
    .selectFrom('task')
    // The order is the queue's own: priority, then age. One text, because thousands of rows take longer on the way.
    .select(sql<string>`string_agg(id, ' ' order by priority desc, number)`.as('ids'))
    .where('state', '=', 'queued')
    .groupBy('engine')
    .execute();
  return new Map(queues.flatMap(({ ids }) => ids.split(' ').map((id, index) => [id, index + 1] as const)));
}

/** How many tasks of all accounts wait. */
export async function countQueuedTasks(database: Database): Promise<number> {
  const row = await database
    .selectFrom('task')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A new task, and what there was before it. */
export interface InsertedTask extends TaskRow {
  /** How many tasks waited for its engine. */
  before_in_queue: number;
  /** How many of its account's tasks were not finished. */
  before_of_account: number;
}

/**
 * Makes a task. Whoever has more tasks under way waits longer, so that accounts take turns: each lowers the priority.
 * What is counted stays true until the end for an account that is locked.
 */
export async function insertTask(transaction: DatabaseTransaction, row: NewTaskRow): Promise<InsertedTask> {
  const { uid, engine, priority } = row;
  return transaction
    .with('before', (query) =>
      query
        .selectFrom('task')
        .select([
          sql<number>`(count(*) filter (where state = 'queued' and engine = ${engine}))::integer`.as(
            'in_queue',
          ),
          sql<number>`(count(*) filter (where uid = ${uid}))::integer`.as('of_account'),
        ])
        .where(sql<boolean>`state in ('queued', 'processing')`),
    )
    .insertInto('task')
    .values({ ...row, priority: sql`${priority}::integer - (select of_account from before)` })
    .returningAll()
    .returning([
      sql<number>`(select in_queue from before)`.as('before_in_queue'),
      sql<number>`(select of_account from before)`.as('before_of_account'),
    ])
    .executeTakeFirstOrThrow();
}

/** What a change of state may write besides. JSON columns take JSON text. */
export interface TaskChanges {
  engine?: string;
  model?: string;
  input?: string;
  progress?: number;
  credits?: number;
  stage?: string | null;
  warnings?: string;
  error?: string;
  plan?: string;
  attempt?: number;
  setbacks?: number;
  operation?: string | null;
  preview?: string | null;
  started_at?: Date;
  ended_at?: Date;
  expires_at?: Date;
}

/** The account's task that a repeated request has made already. */
export async function selectTaskOfRequest(
  transaction: DatabaseTransaction,
  uid: number,
  requestKey: string,
): Promise<TaskRow | undefined> {
  return transaction
    .selectFrom('task')
    .selectAll()
    .where('uid', '=', uid)
    .where('request_key', '=', requestKey)
    .executeTakeFirst();
}

/** The id of the task with this decimal number. */
export async function selectTaskIdByNumber(database: Database, number: string): Promise<string | undefined> {
  const row = await database.selectFrom('task').select('id').where('number', '=', number).executeTakeFirst();
  return row?.id;
}

/** The id of the account's task that the caller calls so. */
export async function selectTaskIdByExternalId(
  database: Database,
  uid: number,
  externalId: string,
): Promise<string | undefined> {
  const row = await database
    .selectFrom('task')
    .select('id')
    .where('uid', '=', uid)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  return row?.id;
}

/** Ids of an account's tasks of a kind, the newest first. */
export async function selectTaskPage(
  database: Database,
  uid: number,
  kind: TaskKind,
  page: { offset: number; limit: number },
): Promise<string[]> {
  const rows = await database
    .selectFrom('task')
    .select('id')
    .where('uid', '=', uid)
    .where('kind', '=', kind)
    .orderBy('number', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** A search for words looks through so many tasks at most: no index knows what stands within words. */
const LOOKED_THROUGH = 5_000;

/**
 * A page of an account's tasks that a filter lets through, the newest first, all older than a number if one is given.
 * `next` continues where the page has stopped: behind its last task, or where it has looked through enough.
 */
export async function selectTaskSearch(
  database: Database,
  uid: number,
  filter: TaskFilter,
  page: { after: string | undefined; limit: number },
): Promise<{ ids: string[]; next: string | undefined }> {
  const { states, kinds, engine, text, since, until } = filter;
  let tasks = database.selectFrom('task').where('uid', '=', uid).orderBy('number', 'desc');
  if (page.after !== undefined) tasks = tasks.where('number', '<', page.after);
  let query = tasks;
  if (states) query = query.where('state', 'in', states);
  if (kinds) query = query.where('kind', 'in', kinds);
  if (engine !== undefined) query = query.where('engine', '=', engine);
  if (since) query = query.where('created_at', '>=', since);
  if (until) query = query.where('created_at', '<', until);
  let lastLooked: string | undefined;
  if (text !== undefined) {
    const looked = tasks.select('number').offset(LOOKED_THROUGH - 1);
    lastLooked = (await looked.limit(1).executeTakeFirst())?.number;
    if (lastLooked !== undefined) query = query.where('number', '>=', lastLooked);
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<boolean>`concat_ws(' ', input->>'prompt', input->>'soundPrompt', input->>'musicPrompt') ilike ${pattern}`,
    );
  }
  const rows = await query
    .select(['id', 'number'])
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  return {
    ids: shown.map(({ id }) => id),
    next: rows.length > page.limit ? shown.at(-1)!.number : lastLooked,
  };
}

/** Ids of an account's tasks that are not finished, and of those that have changed since a time if one is given. */
export async function selectLiveTaskIds(
  database: Database,
  uid: number,
  changedSince: Date | undefined,
): Promise<string[]> {
  const ofAccount = database.selectFrom('task').select(['id', 'updated_at']).where('uid', '=', uid);
  let query = ofAccount.where(sql<boolean>`state in ('queued', 'processing')`);
  if (changedSince) {
    // Two questions with an index each: asked as one, every task of the account would be looked at.
    const ended = ofAccount.where(sql<boolean>`state not in ('queued', 'processing')`);
    query = query.unionAll(ended.where('updated_at', '>=', changedSince));
  }
  const rows = await query.orderBy('updated_at').limit(1000).execute();
  return rows.map(({ id }) => id);
}

/**
 * Brings a task into another state. Undefined when it is in none of the states before it; see `nextStates`. Nothing is shown
 * any more of the run that has brought it there.
 */
export async function moveTask(
  transaction: DatabaseTransaction,
  id: string,
  state: TaskState,
  now: Date,
  changes: TaskChanges,
): Promise<TaskRow | undefined> {
  return transaction
    .updateTable('task')
    .set({ state, updated_at: now, preview: null, ...changes })
    .where('id', '=', id)
    .where('state', 'in', statesBefore(state))
    .returningAll()
    .executeTakeFirst();
}

/** Writes how a running attempt gets on. False, and nothing written, when it no longer is the one that works on it. */
export async function updateRunningTask(
  database: Database,
  id: string,
  attempt: number,
  now: Date,
  changes: TaskChanges,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('task')
    .set({ updated_at: now, ...changes })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'processing')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Makes every task that has not ended one that waits, as if nobody had begun it; answers what they are. */
export async function resetOpenTasks(
  transaction: DatabaseTransaction,
): Promise<{ id: string; engine: string; priority: number }[]> {
  return transaction
    .updateTable('task')
    .set({ state: 'queued', attempt: 0, progress: 0, stage: null, operation: null })
    .where('state', 'in', ['queued', 'processing'])
    .returning(['id', 'engine', 'priority'])
    .execute();
}

/** Locks a task's row for this transaction. */
export async function lockTask(transaction: DatabaseTransaction, id: string): Promise<TaskRow | undefined> {
  return transaction.selectFrom('task').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Removes a task and what is known of its files. */
export async function deleteTask(transaction: DatabaseTransaction, id: string): Promise<void> {
  await transaction.deleteFrom('task').where('id', '=', id).execute();
}

/** Ids of all tasks in a state, the oldest first; only those that were made or that expire before a time, if given. */
export async function selectTaskIds(
  database: Database,
  state: TaskState,
  before?: { column: 'created_at' | 'expires_at'; time: Date },
): Promise<string[]> {
  const rows = await database
    .selectFrom('task')
    .select('id')
    .where('state', '=', state)
    .$if(before !== undefined, (query) => query.where(before!.column, '<', before!.time))
    .orderBy('number')
    .limit(1000)
    .execute();
  return rows.map(({ id }) => id);
}

export async function insertOutputs(transaction: DatabaseTransaction, rows: OutputRow[]): Promise<void> {
  if (rows.length) await transaction.insertInto('output').values(rows).execute();
}

/** Bytes of all results. */
export async function sumOutputs(database: Database): Promise<number> {
  const row = await database
    .selectFrom('output')
    .select(sql<number>`coalesce(sum(bytes), 0)::double precision`.as('bytes'))
    .executeTakeFirstOrThrow();
  return row.bytes;
}

/** The storage keys of a task's files. */
export async function selectOutputKeys(database: Database, taskId: string): Promise<string[]> {
  const rows = await database.selectFrom('output').select('key').where('task_id', '=', taskId).execute();
  return rows.map(({ key }) => key);
}

export async function deleteOutputs(transaction: DatabaseTransaction, taskId: string): Promise<void> {
  await transaction.deleteFrom('output').where('task_id', '=', taskId).execute();
}

/** Forgets one file. */
export async function deleteOutput(database: Database, key: string): Promise<void> {
  await database.deleteFrom('output').where('key', '=', key).execute();
}

/** Storage keys of previews that nobody is shown any more since a time. */
export async function selectSpentPreviewKeys(database: Database, before: Date): Promise<string[]> {
  const rows = await database
    .selectFrom('output')
    .innerJoin('task', 'task.id', 'output.task_id')
    .select('output.key')
    .where('output.kind', '=', 'preview')
    .where('task.state', '!=', 'processing')
    .where('task.updated_at', '<', before)
    .limit(1000)
    .execute();
  return rows.map(({ key }) => key);
}

/** What is known of a stored file; undefined when there is no such file or it has expired. */
export async function selectOutput(database: Database, key: string): Promise<OutputRow | undefined> {
  return database.selectFrom('output').selectAll().where('key', '=', key).executeTakeFirst();
}

/** Remembers the storage keys of the files that came with a task's request. */
export async function insertInputFiles(
  transaction: DatabaseTransaction,
  taskId: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await transaction
    .insertInto('input_file')
    .values(keys.map((key) => ({ key, task_id: taskId })))
    .execute();
}

/** Storage keys of input files whose task has ended. */
export async function selectSpentInputKeys(database: Database): Promise<string[]> {
  const rows = await database
    .selectFrom('input_file')
    .innerJoin('task', 'task.id', 'input_file.task_id')
    .select('input_file.key')
    .where('task.state', 'not in', ['queued', 'processing'])
    .limit(1000)
    .execute();
  return rows.map(({ key }) => key);
}

/** Forgets an input file. */
export async function deleteInputFile(database: Database, key: string): Promise<void> {
  await database.deleteFrom('input_file').where('key', '=', key).execute();
}

/** Those of these storage keys that belong to no task. */
export async function selectUnknownKeys(database: Database, keys: readonly string[]): Promise<string[]> {
  const isAsked = sql<string>`any(${keys}::text[])`;
  const rows = await database
    .selectFrom('output')
    .select('key')
    .where('key', '=', isAsked)
    .unionAll(database.selectFrom('input_file').select('key').where('key', '=', isAsked))
    .execute();
  const known = new Set(rows.map(({ key }) => key));
  return keys.filter((key) => !known.has(key));
}
