import { Worker } from 'node:worker_threads';
import type { Results } from '@electric-sql/pglite';
import { compiledPath } from '../compiled.ts';
import type { Answer, Call, Notice, Order } from './embedded-messages.ts';

/** A transaction of {@link EmbeddedClient.transaction}. */
interface EmbeddedTransaction {
  query<Row>(text: string, values?: unknown[]): Promise<Results<Row>>;
  rollback(): Promise<void>;
}

/** Takes the answer to a call. */
interface Asker {
  resolve(results: Results<unknown>[]): void;
  reject(error: Error): void;
}

/**
 * The embedded PostgreSQL from the thread that uses it: what Kysely and pg-boss ask of a PGlite, which works on a thread
 * of its own (`embedded-thread.ts`). There is one session; a transaction has it to itself, everything else waits.
 */
export class EmbeddedClient {
  readonly waitReady: Promise<void> = Promise.resolve();
  readonly ready = true;
  closed = false;

  private readonly thread = new Worker(compiledPath('./embedded-thread.ts', import.meta.url));
  private readonly askers = new Map<number, Asker>();
  private readonly listeners = new Map<string, Set<(payload: string) => void>>();
  private count = 0;
  private isLost = false;
  /** The end of the last transaction. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor() {
    this.thread.on('message', (message: Answer | Notice) => {
      if ('channel' in message) this.tell(message);
      else this.settle(message);
    });
    this.thread.on('error', (error) => this.abandon(error));
    this.thread.on('exit', () => this.abandon());
  }

  /** Opens the database in a directory that holds one, or makes one in it by initdb. */
  async open(directory: string): Promise<void> {
    await this.send({ kind: 'open', directory });
  }

  /** Runs one statement when no transaction is under way. */
  async query<Row>(text: string, values?: unknown[]): Promise<Results<Row>> {
    await this.turn;
    return this.run<Row>(text, values);
  }

  /** Runs any number of statements without values, like {@link query}; gives the results of each. */
  async exec(text: string): Promise<Results[]> {
    await this.turn;
    return (await this.send({ kind: 'exec', text })) as Results[];
  }

  /** Runs the work between BEGIN and COMMIT, or ROLLBACK when it throws; then it throws that. */
  transaction<Value>(work: (transaction: EmbeddedTransaction) => Promise<Value>): Promise<Value> {
    const value = this.turn.then(() => this.transact(work));
    this.turn = value.catch(() => {});
    return value;
  }

  /** Hears a channel's notifications until the function that it resolves to is called. */
  async listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>> {
    const known = this.listeners.get(channel);
    const listeners = known ?? new Set();
    listeners.add(listener);
    this.listeners.set(channel, listeners);
    if (!known) {
      await this.turn;
      await this.send({ kind: 'listen', channel });
    }
    return async () => {
      listeners.delete(listener);
    };
  }

  /** Waits for what is under way, closes the database and ends the thread. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.turn;
    if (this.isLost) return;
    await this.send({ kind: 'close' });
    await this.thread.terminate();
  }

  private async transact<Value>(work: (transaction: EmbeddedTransaction) => Promise<Value>): Promise<Value> {
    await this.run('begin');
    let isOpen = true;
    const end = (text: string) => {
      isOpen = false;
      return this.run(text);
    };
    try {
      const value = await work({
        query: (text, values) => this.run(text, values),
        rollback: async () => {
          await end('rollback');
        },
      });
      // PostgreSQL answers the commit of a transaction in which a statement has failed with a rollback, and no error.
      if (isOpen && (await end('commit')).command === 'ROLLBACK') throw new TransactionAborted();
      return value;
    } catch (error) {
      if (isOpen) await end('rollback');
      throw error;
    }
  }

  private async run<Row>(text: string, values?: unknown[]): Promise<Results<Row>> {
    const [results] = await this.send({ kind: 'query', text, values });
    return results as Results<Row>;
  }

  private send(call: Call): Promise<Results<unknown>[]> {
    if (this.isLost) return Promise.reject(lost());
    return new Promise((resolve, reject) => {
      const id = ++this.count;
      this.thread.postMessage({ ...call, id } satisfies Order);
      this.askers.set(id, { resolve, reject });
    });
  }

  private settle({ id, results, fault }: Answer): void {
    const asker = this.askers.get(id);
    this.askers.delete(id);
    if (results) asker?.resolve(results);
    else asker?.reject(Object.assign(new Error(fault?.message), fault));
  }

  private tell({ channel, payload }: Notice): void {
    for (const listener of this.listeners.get(channel) ?? []) listener(payload);
  }

  /** The thread is gone, and what it was asked is without an answer. */
  private abandon(cause?: Error): void {
    this.isLost = true;
    for (const { reject } of this.askers.values()) reject(lost(cause));
    this.askers.clear();
  }
}

/** In the words that `connection-loss.ts` knows. */
function lost(cause?: Error): Error {
  return new Error('The database has stopped answering.', { cause });
}

/** What a commit that became a rollback is told by; Kysely knows it by the code (PostgreSQL, appendix A). */
class TransactionAborted extends Error {
  readonly code = '25P02';

  constructor() {
    super('A statement of the transaction has failed: it was rolled back.');
  }
}
