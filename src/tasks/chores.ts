import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../database/schema.ts';

/** Something that one of all processes does every so often. */
export interface Chore {
  /** Stable: what the processes know it by. */
  name: string;
  everySeconds: number;
  /** Done at once when nobody has done it yet, or when a process starts that is alone; otherwise after its time. */
  atStart: boolean;
  work(now: Date): Promise<void>;
}

/** Does chores as they become due. */
export interface Chores {
  start(): Promise<void>;
  /** Begins no more; waits for the one under way. */
  stop(): Promise<void>;
}

/** How often a process looks whether a chore is due, in ms. */
const LOOK_EVERY = 10_000;

/** What chores are made of. */
export interface ChoresParts {
  database: Database;
  chores: readonly Chore[];
  /** No other process can have the database open. */
  isAlone: boolean;
  log: Logger;
}

/**
 * Chores over the table `chore`, of which all SQL stands here: whoever moves a chore's next time on does it. The clock is
 * the database's, so that the processes agree. A process that dies over a chore leaves it to the next time.
 */
export function createChores({ database, chores, isAlone, log }: ChoresParts): Chores {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let isStopping = false;

  async function claim({ name, everySeconds, atStart }: Chore): Promise<boolean> {
    const next = sql<Date>`now() + make_interval(secs => ${everySeconds})`;
    const claimed = await database
      .insertInto('chore')
      .values({ name, next_at: next })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet({ next_at: next }).where('chore.next_at', '<=', sql<Date>`now()`),
      )
      .returning(sql<boolean>`xmax = 0`.as('isNew'))
      .executeTakeFirst();
    return claimed !== undefined && (atStart || !claimed.isNew);
  }

  async function look(): Promise<void> {
    for (const chore of chores) {
      try {
        if (!isStopping && (await claim(chore))) await chore.work(new Date());
      } catch (error) {
        log.error({ err: error, chore: chore.name }, 'A chore failed.');
      }
    }
  }

  function begin(): void {
    working ??= look().finally(() => {
      working = undefined;
    });
  }

  return {
    async start() {
      const names = chores.filter(({ atStart }) => atStart).map(({ name }) => name);
      if (isAlone && names.length) await database.deleteFrom('chore').where('name', 'in', names).execute();
      begin();
      timer = setInterval(begin, LOOK_EVERY);
    },
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await working;
    },
  };
}
