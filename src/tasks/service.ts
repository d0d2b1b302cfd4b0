import { randomInt } from 'node:crypto';
import type { Account } from '../credits/accounts.ts';
import { charge } from '../credits/ledger.ts';
import { checkPlan } from '../credits/plans.ts';
import { videoPrice } from '../credits/prices.ts';
import type { Database } from '../database/schema.ts';
import type { Engine, Warning } from '../engines/engine.ts';
import { StillroarError } from '../errors.ts';
import type { Reach } from '../net/reach.ts';
import type { Links } from '../storage/links.ts';
import { createBatchedReader } from './batched-reader.ts';
import type { Queue } from './queue.ts';
import { recordToTask } from './record-to-task.ts';
import type { Task, TaskRequest } from './task.ts';
import { createTaskId } from './task-id.ts';
import { countOpenTasks, insertTask, selectTasks } from './task-table.ts';

/** What every dialect's routes call. */
export interface TaskService {
  /**
   * Checks, charges and queues a task in one transaction: what throws here costs nothing.
   * @throws StillroarError `invalid-field`, `address-refused`, `plan-too-small`, `insufficient-credits`,
   *   `too-many-requests`
   */
  create(account: Account, request: TaskRequest): Promise<Task>;
  /** The account's tasks among these ids, in the order of the ids; others are left out. */
  find(account: Account, ids: readonly string[]): Promise<Task[]>;
}

/** More waiting tasks than this are refused. */
const LONGEST_QUEUE = 1_000;
/** Puts a premium task before every other; fairness subtracts at most the length of the queue. */
const PREMIUM_PRIORITY = 10_000;
const MOST_SEED = 2 ** 31;

const webhookWarning: Warning = {
  code: 'webhook-not-delivered',
  message: 'This version stores the webhook URL but does not call it yet. Ask for the results instead.',
};

/** The service over its parts. The first engine that can do the work gets it. */
export function createTaskService(parts: {
  database: Database;
  queue: Queue;
  engines: readonly Engine[];
  reach: Reach;
  links: Links;
}): TaskService {
  const { database, queue, engines, reach, links } = parts;
  const read = createBatchedReader((ids) => selectTasks(database, ids));

  function checkUrl(url: string, field: string): void {
    if (url === '' || links.resolve(url)) return;
    try {
      reach.checkUrl(url);
    } catch (error) {
      if (!(error instanceof StillroarError)) throw error;
      throw new StillroarError(error.code, error.message, { field });
    }
  }

  return {
    async create(account, { kind, input, model, dialect }) {
      checkUrl(input.image, 'image');
      checkUrl(input.audioUrl, 'audioUrl');
      checkUrl(input.webhookUrl, 'webhookUrl');
      checkPlan(account.plan, input);
      const { engine, warnings } = chooseEngine(engines, { ...input, kind, model });
      if (input.webhookUrl) warnings.push(webhookWarning);
      const credits = videoPrice(input.resolution, input.seconds);
      const now = new Date();
      const id = createTaskId(now);

      const row = await database.transaction().execute(async (transaction) => {
        const open = await countOpenTasks(transaction, account.uid);
        if (open.queued >= LONGEST_QUEUE) {
          throw new StillroarError('too-many-requests', 'The queue is full. Try again in a minute.', {
            retryAfterSeconds: 60,
          });
        }
        // Whoever has more tasks under way waits longer: accounts take turns.
        const priority = (input.premium ? PREMIUM_PRIORITY : 0) - open.ofAccount;
        const inserted = await insertTask(transaction, {
          id,
          uid: account.uid,
          client_id: account.clientId,
          kind,
          input: JSON.stringify(input),
          seed: randomInt(MOST_SEED),
          engine: engine.name,
          model,
          credits,
          priority,
          warnings: JSON.stringify(warnings),
          dialect,
          created_at: now,
          updated_at: now,
        });
        await charge(
          transaction,
          account.uid,
          id,
          credits,
          `${kind}, ${input.resolution}, ${input.seconds} s`,
        );
        await queue.add(transaction, id, priority);
        return inserted;
      });
      return recordToTask({ ...row, outputs: [], queue_position: null }, links);
    },

    async find(account, ids) {
      const records = await read(ids);
      return [...new Set(ids)].flatMap((id) => {
        const record = records.get(id);
        return record?.uid === account.uid ? recordToTask(record, links) : [];
      });
    },
  };
}

function chooseEngine(
  engines: readonly Engine[],
  work: Parameters<Engine['supports']>[0],
): { engine: Engine; warnings: Warning[] } {
  const refusals: unknown[] = [];
  for (const engine of engines) {
    try {
      return { engine, warnings: [...engine.supports(work)] };
    } catch (error) {
      refusals.push(error);
    }
  }
  throw refusals[0] ?? new StillroarError('configuration', 'This server has no engine.');
}
