import type { ColumnType, Generated, Insertable, Kysely, Selectable, Transaction } from 'kysely';

/** Written as JSON text, read as the value: so that arrays mean the same to both drivers. */
type Json<Value> = ColumnType<Value, string, string>;

export interface AccountTable {
  uid: Generated<number>;
  team_id: string;
  plan: string;
  /** Follows the ledger by a trigger; never written directly. */
  credits: ColumnType<number, never, never>;
  created_at: Generated<Date>;
}

export interface ApiKeyTable {
  client_id: string;
  uid: number;
  /** SHA-256 of the secret in hex, for look-ups. */
  secret_hash: string;
  /** The secret itself, encrypted; see `credits/sealing.ts`. */
  secret_sealed: string;
  created_at: Generated<Date>;
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
  attempt: Generated<number>;
  setbacks: Generated<number>;
  operation: Json<unknown> | null;
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
  migration: MigrationTable;
}

/** A connection to the database, whichever it is. */
export type Database = Kysely<Schema>;
/** A running transaction. On the embedded database nothing else may be awaited on {@link Database} inside one. */
export type DatabaseTransaction = Transaction<Schema>;
export type TaskRow = Selectable<TaskTable>;
export type NewTaskRow = Insertable<TaskTable>;
export type OutputRow = Selectable<OutputTable>;
