import type { Results } from '@electric-sql/pglite';

/** What the thread of the embedded database is asked to do. */
export type Call =
  | { kind: 'open'; directory: string }
  /** One statement. */
  | { kind: 'query'; text: string; values: unknown[] | undefined }
  /** Any number of statements without values. */
  | { kind: 'exec'; text: string }
  | { kind: 'listen'; channel: string }
  | { kind: 'close' };

/** A call with the number that its answer carries. */
export type Order = Call & { id: number };

/** The fields of a PostgreSQL error that cross over. */
export interface Fault {
  message: string;
  stack?: string | undefined;
  code?: string | undefined;
  severity?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  constraint?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
}

/** What came of a call: one result a statement, or the first fault. */
export interface Answer {
  id: number;
  results?: Results<unknown>[];
  fault?: Fault;
}

/** A notification of PostgreSQL on a channel that is listened to. */
export interface Notice {
  channel: string;
  payload: string;
}
