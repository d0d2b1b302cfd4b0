import { type Insertable, type Selectable, sql } from 'kysely';
import type {
  Database,
  DatabaseTransaction,
  DeliveryAttemptTable,
  DeliveryTable,
} from '../database/schema.ts';

/** A callback that is to reach somebody's server. */
export type Delivery = Selectable<DeliveryTable>;
/** What happened when it was tried. */
export type DeliveryAttempt = Selectable<DeliveryAttemptTable>;

/** All SQL of the tables `delivery` and `delivery_attempt`: callbacks that wait, and the log of what became of them. */
export interface Outbox {
  /**
   * Deliveries that are due, the oldest first, reserved for so many seconds: when their process dies, they are due again
   * after that. A task's callbacks are tried in order; one that fails does not hold up the next.
   */
  takeDue(most: number, now: Date, reserveSeconds: number): Promise<Delivery[]>;
  /** Logs an attempt, and when the next one is due: at no time when the delivery has ended, well or not. */
  record(attempt: DeliveryAttempt, next: { at: Date } | { end: 'delivered' | 'failed' }): Promise<void>;
  /** A task's deliveries with their attempts, in order. */
  log(taskId: string): Promise<(Delivery & { log: DeliveryAttempt[] })[]>;
  /** An account's deliveries with their attempts, the newest first, older than one if it is given. */
  list(
    uid: number,
    filter: { taskId: string | undefined },
    page: { after: string | undefined; limit: number },
  ): Promise<(Delivery & { log: DeliveryAttempt[] })[]>;
  /** Makes an account's delivery due now, whatever has become of it. False when there is none. */
  resend(uid: number, id: string, now: Date): Promise<boolean>;
  /** Forgets what was made before a time. */
  removeBefore(time: Date): Promise<void>;
}

/** Writes a callback in the transaction that makes it true. */
export async function addDelivery(
  transaction: DatabaseTransaction,
  delivery: Insertable<DeliveryTable>,
): Promise<void> {
  await transaction.insertInto('delivery').values(delivery).execute();
}

/** The outbox in the database. */
export function createOutbox(database: Database): Outbox {
  const withAttempts = () =>
    database
      .selectFrom('delivery')
      .selectAll('delivery')
      .select(
        sql<DeliveryAttempt[]>`coalesce(
          (select jsonb_agg(to_jsonb(tried) order by tried.attempt)
            from delivery_attempt tried where tried.delivery_id = delivery.id), '[]'
        )`.as('log'),
      );

  return {
    async takeDue(most, now, reserveSeconds) {
      const until = new Date(now.getTime() + reserveSeconds * 1000);
      const taken = await database
        .updateTable('delivery')
        .set({ next_at: until })
        .where('id', 'in', (expression) =>
          expression
            .selectFrom('delivery as due')
            .select('due.id')
            .where('due.state', '=', 'pending')
            .where('due.next_at', '<=', now)
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('delivery as earlier')
                    .select('earlier.id')
                    .whereRef('earlier.task_id', '=', 'due.task_id')
                    .whereRef('earlier.id', '<', 'due.id')
                    .where('earlier.state', '=', 'pending')
                    .where('earlier.attempts', '=', 0),
                ),
              ),
            )
            .orderBy('due.id')
            .limit(most)
            .forUpdate()
            .skipLocked(),
        )
        .returningAll()
        .execute();
      return taken.sort((a, b) => Number(a.id) - Number(b.id));
    },

    async record(attempt, next) {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('delivery_attempt')
          .values(attempt)
          // Two processes may have tried at once when the first one's reservation ran out; one entry is enough.
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await transaction
          .updateTable('delivery')
          .set({
            attempts: attempt.attempt,
            ...('at' in next ? { next_at: next.at } : { state: next.end }),
          })
          .where('id', '=', attempt.delivery_id)
          .where('state', '=', 'pending')
          .execute();
      });
    },

    async log(taskId) {
      return withAttempts().where('task_id', '=', taskId).orderBy('delivery.id').execute();
    },

    async list(uid, { taskId }, { after, limit }) {
      let query = withAttempts().where('uid', '=', uid);
      if (taskId !== undefined) query = query.where('task_id', '=', taskId);
      if (after !== undefined) query = query.where('delivery.id', '<', after);
      return query.orderBy('delivery.id', 'desc').limit(limit).execute();
    },

    async resend(uid, id, now) {
      const { numUpdatedRows } = await database
        .updateTable('delivery')
        .set({ state: 'pending', next_at: now })
        .where('uid', '=', uid)
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async removeBefore(time) {
      await database.deleteFrom('delivery').where('created_at', '<', time).execute();
    },
  };
}
