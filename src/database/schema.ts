import type { ColumnType, Generated, Insertable, Kysely, Selectable, Transaction } from 'kysely';

/** Written as JSON text, read as the value: so that arrays mean the same to both drivers. */
type Json<Value> = ColumnType<Value, string, string>;

export interface AccountTable {
  uid: Generated<number>;
  team_id: string;
  plan: string;
  /** Follows the ledger by a trigger; never written directly. */
  credits: ColumnType<number, never, never>;
  /** A suspended account is refused everywhere. */
  suspended_at: Date | null;
  created_at: Generated<Date>;
}

export interface ApiKeyTable {
  client_id: string;
  uid: number;
  /** SHA-256 of the secret in hex, for look-ups. */
  secret_hash: string;
  /** The secret itself, encrypted; see `credits/sealing.ts`. */
  secret_sealed: string;
  /** A revoked key opens nothing; it still signs the callbacks of the tasks that it made. */
  revoked_at: Date | null;
  /** What its owner calls it. */
  name: Generated<string>;
  created_at: Generated<Date>;
}

export interface SessionTable {
  /** SHA-256 of what the browser's cookie holds, in hex. */
  token_hash: string;
  uid: number;
  /** The link that made it, which makes no other; null when a key did. */
  ticket: string | null;
  created_at: Date;
  expires_at: Date;
}

export interface LedgerTable {
  id: Generated<string>;
  uid: number;
  task_id: string | null;
  entry: string;
  /** Credits: a charge is negative. */
  amount: number;
  reason: string;
  created_at: Generated<Date>;
}

export interface TaskTable {
  id: string;
  number: Generated<string>;
  uid: number;
  /** The key that made the task. */
  client_id: string;
  kind: string;
  state: Generated<string>;
  progress: Generated<number>;
  stage: string | null;
  input: Json<unknown>;
  seed: number;
  engine: string;
  model: string;
  credits: number;
  /** Higher goes first. */
  priority: number;
  warnings: Json<unknown>;
  error: Json<unknown> | null;
  plan: Json<unknown> | null;
  batch: Json<unknown> | null;
  parent_id: string | null;
  dialect: string;
  external_id: string | null;
  /** Names the request that made the task, and its place in a batch; null without an idempotency key. */
  request_key: string | null;
  attempt: Generated<number>;
  setbacks: Generated<number>;
  operation: Json<unknown> | null;
  /** Key of the newest preview of the run that works on it. */
  preview: string | null;
  /** The request's trace, as headers; null when nobody traces. */
  trace: Json<Record<string, string>> | null;
  created_at: Date;
  updated_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  expires_at: Date | null;
}

export interface OutputTable {
  key: string;
  task_id: string;
  kind: string;
  content_type: string;
  file_name: string;
  bytes: number;
  width: number | null;
  height: number | null;
  duration_seconds: number | null;
}

export interface InputFileTable {
  /** Storage key. */
  key: string;
  task_id: string;
}

export interface UploadTable {
  id: string;
  /** Storage key. */
  key: string;
  uid: number;
  content_type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  duration_seconds: number | null;
  created_at: Date;
  /** Moves on when a task uses it. */
  expires_at: Date;
}

export interface IdempotencyTable {
  uid: number;
  key: string;
  /** SHA-256 of route and body. */
  fingerprint: string;
  /** Names the request in `task.request_key`. */
  scope: string;
  /** The answer as JSON text; null while the request is at work. */
  reply: string | null;
  /** When a process last began to work on it. */
  claimed_at: Date;
  created_at: Date;
}

export interface DeliveryTable {
  id: Generated<string>;
  task_id: string;
  uid: number;
  /** The key that signs it. */
  client_id: string;
  /** Whose words it is written in. */
  dialect: string;
  url: string;
  /** The state that is told. */
  task_state: string;
  /** Storage key of the finished video. */
  video_key: string | null;
  /** Test mode: the first attempt counts as answered with 500. */
  fails_first: Generated<boolean>;
  /** Its task's trace. */
  trace: Json<Record<string, string>> | null;
  state: Generated<string>;
  attempts: Generated<number>;
  next_at: Date;
  created_at: Date;
}

export interface DeliveryAttemptTable {
  delivery_id: string;
  /** From 1. */
  attempt: number;
  at: Date;
  /** The receiver's HTTP status; null when there was no answer. */
  status: number | null;
  /** Why it does not count as delivered. */
  problem: string | null;
  milliseconds: number;
}

export interface ChoreTable {
  name: string;
  /** From when on it is due. */
  next_at: Date;
}

export interface MigrationTable {
  version: number;
  applied_at: Generated<Date>;
}

/** All tables of ours. The queue's own tables live in the schema `pgboss`. */
export interface Schema {
  account: AccountTable;
  api_key: ApiKeyTable;
  ledger: LedgerTable;
  task: TaskTable;
  output: OutputTable;
  input_file: InputFileTable;
  upload: UploadTable;
  session: SessionTable;
  idempotency: IdempotencyTable;
  delivery: DeliveryTable;
  delivery_attempt: DeliveryAttemptTable;
  chore: ChoreTable;
  migration: MigrationTable;
}

/** A connection to the database, whichever it is. */
export type Database = Kysely<Schema>;
/** A running transaction. On the embedded database nothing else may be awaited on {@link Database} inside one. */
export type DatabaseTransaction = Transaction<Schema>;
export type TaskRow = Selectable<TaskTable>;
export type NewTaskRow = Insertable<TaskTable>;
export type OutputRow = Selectable<OutputTable>;
export type UploadRow = Selectable<UploadTable>;
