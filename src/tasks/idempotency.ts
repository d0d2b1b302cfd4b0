import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Database, Schema } from '../database/schema.ts';
import { StillroarError } from '../errors.ts';
import type { Origin } from './task.ts';

/** A request that may come again, because its answer was lost. */
export interface RepeatableRequest {
  uid: number;
  /** What the caller calls the request. */
  key: string;
  /** Where it went; another route under the same key is another request. */
  route: string;
  body: unknown;
}

/** Answers a repeated request with the first one's answer. */
export interface Idempotency {
  /**
   * Does the work for a key once and answers every repetition, at the same time or within a day, with the same text. Work
   * that throws may be tried again; work that a dead process has left is taken up under the same origin, so that what it
   * made already is found.
   * @throws StillroarError `conflict` when the key was used for another request; what the work throws
   */
  once(request: RepeatableRequest, work: (origin: Origin) => Promise<unknown>): Promise<string>;
  /** Forgets the keys that are older than a day. */
  sweep(now: Date): Promise<void>;
}

/** How long a key is kept, in ms. */
const KEPT = 86_400_000;
/** After this many ms without an answer the process that had the request counts as dead. */
const CLAIM = 60_000;
/** How long a repetition waits for another process' answer, in ms. */
const PATIENCE = 30_000;

/** Idempotency over the table `idempotency`, of which all SQL stands here. */
export function createIdempotency(database: Database): Idempotency {
  const underWay = new Map<string, { fingerprint: string; answer: Promise<string> }>();

  async function claim(request: RepeatableRequest, fingerprint: string, now: Date) {
    const { uid, key } = request;
    const fresh = { fingerprint, scope: randomUUID(), reply: null, claimed_at: now, created_at: now };
    // Succeeds for a new key, an outdated one, and one whose process has died.
    return database
      .insertInto('idempotency')
      .values({ uid, key, ...fresh })
      .onConflict((conflict) =>
        conflict
          .columns(['uid', 'key'])
          .doUpdateSet({
            fingerprint,
            scope: sql`case when idempotency.created_at < ${new Date(now.getTime() - KEPT)}
              then ${fresh.scope} else idempotency.scope end`,
            created_at: sql`case when idempotency.created_at < ${new Date(now.getTime() - KEPT)}
              then ${now} else idempotency.created_at end`,
            reply: null,
            claimed_at: now,
          })
          .where((expression) =>
            expression.or([
              expression('idempotency.created_at', '<', new Date(now.getTime() - KEPT)),
              expression.and([
                expression('idempotency.reply', 'is', null),
                expression('idempotency.claimed_at', '<', new Date(now.getTime() - CLAIM)),
                expression('idempotency.fingerprint', '=', fingerprint),
              ]),
            ]),
          ),
      )
      .returning(['scope', 'created_at'])
      .executeTakeFirst();
  }

  function matches(row: { uid: number; key: string; scope: string }) {
    return (expression: ExpressionBuilder<Schema, 'idempotency'>) => expression.and(row);
  }

  function lookUp({ uid, key }: RepeatableRequest) {
    return database
      .selectFrom('idempotency')
      .select(['fingerprint', 'reply'])
      .where('uid', '=', uid)
      .where('key', '=', key)
      .executeTakeFirst();
  }

  async function answer(
    request: RepeatableRequest,
    fingerprint: string,
    work: (origin: Origin) => Promise<unknown>,
  ): Promise<string> {
    const until = Date.now() + PATIENCE;
    while (Date.now() < until) {
      const claimed = await claim(request, fingerprint, new Date());
      if (claimed) return workOnce(request, claimed, work);
      const known = await lookUp(request);
      if (known && known.fingerprint !== fingerprint) throw mismatch(request.key);
      if (known?.reply != null) return known.reply;
      await sleep(200);
    }
    throw new StillroarError(
      'too-many-requests',
      'The first request with this Idempotency-Key has not been answered yet. Try again.',
      { retryAfterSeconds: 5 },
    );
  }

  async function workOnce(
    { uid, key }: RepeatableRequest,
    claimed: { scope: string; created_at: Date },
    work: (origin: Origin) => Promise<unknown>,
  ): Promise<string> {
    const isOurs = { uid, key, scope: claimed.scope };
    const write = (values: { reply: string } | { claimed_at: Date }) =>
      database.updateTable('idempotency').set(values).where(matches(isOurs)).execute();
    let reply: string;
    try {
      reply = JSON.stringify(await work({ at: claimed.created_at, requestKey: claimed.scope }));
    } catch (error) {
      // What was refused may be corrected under the same key. What broke may have been done: its repetition, at once,
      // has the same scope.
      if (error instanceof StillroarError) {
        await database.deleteFrom('idempotency').where(matches(isOurs)).execute();
      } else {
        await write({ claimed_at: new Date(0) });
      }
      throw error;
    }
    await write({ reply });
    return reply;
  }

  return {
    async once(request, work) {
      const fingerprint = await fingerprintOf(request);
      const name = `${request.uid} ${request.key}`;
      const running = underWay.get(name);
      if (running) {
        if (running.fingerprint !== fingerprint) throw mismatch(request.key);
        return running.answer;
      }
      const promise = answer(request, fingerprint, work).finally(() => underWay.delete(name));
      underWay.set(name, { fingerprint, answer: promise });
      return promise;
    },

    async sweep(now) {
      await database
        .deleteFrom('idempotency')
        .where('created_at', '<', new Date(now.getTime() - KEPT))
        .execute();
    },
  };
}

/** Longer texts stand in the fingerprint by their own. */
const LONG_TEXT = 65_536;
/** So many characters are hashed before others have their turn. */
const SLICE = 4_000_000;

async function fingerprintOf({ route, body }: RepeatableRequest): Promise<string> {
  const long: string[] = [];
  const shortened = JSON.stringify(body, (_, value: unknown) => {
    if (typeof value !== 'string' || value.length <= LONG_TEXT) return value;
    return `${long.push(value)}. long text`;
  });
  const hash = createHash('sha256').update(`${route}\n${shortened}`);
  for (const text of long) {
    for (let at = 0; at < text.length; at += SLICE) {
      hash.update(text.slice(at, at + SLICE));
      await nextTurn();
    }
  }
  return hash.digest('hex');
}

function mismatch(key: string): StillroarError {
  return new StillroarError(
    'conflict',
    `The Idempotency-Key "${key.slice(0, 60)}" was used for another request. Take a new key for each request.`,
  );
}
