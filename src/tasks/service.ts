import { randomInt } from 'node:crypto';
import type { Account } from '../credits/accounts.ts';
import { charge } from '../credits/ledger.ts';
import { checkPlan, checkTasksAtOnce, type PlanName } from '../credits/plans.ts';
import type { Database, DatabaseTransaction, TaskRow } from '../database/schema.ts';
import type {
  Engine,
  EngineEffect,
  EngineModel,
  TaskKind,
  UnavailableModel,
  Warning,
  WorkPlan,
} from '../engines/engine.ts';
import { StillroarError, toStillroarError } from '../errors.ts';
import type { Reach } from '../net/reach.ts';
import type { Links } from '../storage/links.ts';
import type { Storage } from '../storage/storage.ts';
import { createStorageKey } from '../storage/storage-key.ts';
import { currentTrace } from '../tracing.ts';
import { type Choice, chooseEngine, priceWith, type Routing } from './choose-engine.ts';
import { explainDatabaseAway } from './database-away.ts';
import { insistOnPolicy, type Review } from './policy.ts';
import type { Queue } from './queue.ts';
import { recordToTask } from './record-to-task.ts';
import type { BatchPlace, InputFile, Origin, Task, TaskFilter, TaskInput, TaskRequest } from './task.ts';
import { createTaskId } from './task-id.ts';
import { createTaskReader } from './task-reader.ts';
import {
  insertInputFiles,
  insertTask,
  selectLiveTaskIds,
  selectOutputKeys,
  selectTaskIdByExternalId,
  selectTaskIdByNumber,
  selectTaskOfRequest,
  selectTaskPage,
  selectTaskSearch,
} from './task-table.ts';
import type { Transitions } from './transitions.ts';
import { keepUploads } from './upload-table.ts';

/** What became of a batch: each of its tasks was made, or refused for its own reason. */
export interface BatchResult {
  tasks: Task[];
  errors: { index: number; error: StillroarError }[];
}

/** What became of a wish to delete: `busy` tasks have not ended, `unknown` ones are not the account's. */
export type Deletion = { id: string; outcome: 'deleted' | 'busy' | 'unknown' };

/** What a task would be and cost. */
export interface Estimate {
  credits: number;
  engine: string;
  model: string;
  warnings: Warning[];
  /** What the words would make; undefined when the engine cannot tell before it sees the picture. */
  plan: WorkPlan | undefined;
}

/** What every dialect's routes call. */
export interface TaskService {
  /** Begins to listen to the queue, which spares numbering it for each who asks for a task's place in it. */
  start(): Promise<void>;
  /** What the engines offer, in the order in which they are asked. */
  models(): EngineModel[];
  /** The engines themselves, in that order. */
  engines(): {
    name: string;
    models: readonly EngineModel[];
    /** Models that the engine could offer and does not at the moment. */
    unavailable: readonly UnavailableModel[];
    effects: readonly EngineEffect[];
  }[];
  /**
   * Checks as {@link create} does, and makes nothing.
   * @throws StillroarError what the request itself shows to be wrong
   */
  estimate(account: Account, request: TaskRequest): Promise<Estimate>;
  /**
   * Checks, charges and queues a task in one transaction: what throws here costs nothing.
   * @throws StillroarError `invalid-field`, `address-refused`, `plan-too-small`, `insufficient-credits`,
   *   `too-many-requests`
   */
  create(account: Account, request: TaskRequest, origin: Origin): Promise<Task>;
  /**
   * Makes the task so many times, with consecutive seeds. Each is charged and queued by itself, so that what the account
   * can pay is made.
   * @throws StillroarError the first one's when none could be made; what broke before any was made
   */
  createBatch(account: Account, request: TaskRequest, count: number, origin: Origin): Promise<BatchResult>;
  /** The account's tasks among these ids, in the order of the ids; others are left out. */
  find(account: Pick<Account, 'uid'>, ids: readonly string[]): Promise<Task[]>;
  /** The account's task with this id or decimal number. */
  findOne(account: Account, idOrNumber: string): Promise<Task | undefined>;
  /** The account's task that the caller calls so. */
  findByExternalId(account: Account, externalId: string): Promise<Task | undefined>;
  /** A page of the account's tasks of a kind, the newest first. */
  list(account: Account, kind: TaskKind, page: { offset: number; limit: number }): Promise<Task[]>;
  /**
   * The account's tasks that a filter lets through, the newest first. `next` continues behind them; a page that looked for
   * words may have fewer than its limit, or none, and yet continue.
   */
  search(
    account: Account,
    filter: TaskFilter,
    page: { after: string | undefined; limit: number },
  ): Promise<{ tasks: Task[]; next: string | undefined }>;
  /** The account's tasks that are not finished, and those that have changed since a time if one is given. */
  live(account: Pick<Account, 'uid'>, changedSince: Date | undefined): Promise<Task[]>;
  /** Deletes tasks that have ended, with their files. */
  remove(account: Account, ids: readonly string[]): Promise<Deletion[]>;
  /** Ends a task of the account's that has not ended, and gives its price back. False when there is none. */
  cancel(account: Account, id: string): Promise<boolean>;
}

/** What a service is made of. */
export interface TaskServiceParts {
  database: Database;
  queue: Queue;
  transitions: Transitions;
  engines: readonly Engine[];
  /** Which models do what nobody named a model for, and what others cannot do at the moment. Default: none. */
  routing?: Routing;
  reach: Reach;
  links: Links;
  storage: Storage;
  /** The operator's judgement of words. Default: everything is allowed. */
  review?: Review;
  /** More tasks that wait for one engine are refused. */
  queueLimit: number;
  /** More unfinished tasks of one account are refused. */
  tasksAtOnce: Record<PlanName, number>;
  /** An upload that a task uses is kept for so many seconds from then on. */
  uploadsKept: number;
}

/** Puts a premium task before every other; fairness subtracts at most the length of the queue. */
const PREMIUM_PRIORITY = 10_000_000;
const MOST_SEED = 2 ** 31;
/**
 * After a queue was found full nobody looks at it again for so many ms: a caller who does not listen to refusals must not
 * cost those whose tasks are at work a transaction each time.
 */
const FULL_FOR = 1_000;

/** The service over its parts. */
export function createTaskService(parts: TaskServiceParts): TaskService {
  const { database, queue, transitions, engines, reach, links, storage } = parts;
  const reader = createTaskReader(database, queue);
  /** Until when the queue of an engine counts as full, by its name. */
  const fullUntil = new Map<string, number>();

  function checkUrl(url: string, field: string): void {
    if (url === '' || links.resolve(url)) return;
    try {
      reach.checkUrl(url);
    } catch (error) {
      if (!(error instanceof StillroarError)) throw error;
      throw new StillroarError(error.code, error.message, { field });
    }
  }

  /** Everything that the request itself shows, and what the operator's policy says to it. */
  async function check(account: Account, request: TaskRequest, origin: Origin): Promise<Choice> {
    const { input, kind } = request;
    checkUrl(input.image, 'image');
    checkUrl(input.lastImage, 'lastImage');
    checkUrl(input.video?.url ?? '', 'video');
    checkUrl(input.audioUrl, 'audioUrl');
    checkUrl(input.webhookUrl, 'webhookUrl');
    const choice = chooseEngine(engines, request, parts.routing ?? { defaults: {}, fallbacks: [] });
    checkPlan(account.plan, input);
    if (origin.fault === 'queue-full') throw queueFull();
    if (parts.review) {
      const { prompt, negativePrompt, soundPrompt = '', musicPrompt = '' } = input;
      const words = { prompt, negativePrompt, soundPrompt, musicPrompt };
      await insistOnPolicy(parts.review, { kind, ...words, account: account.uid });
    }
    return choice;
  }

  /** Stores the files that came with a request. Those of a request that is refused after all are swept as orphans. */
  async function storeFiles({
    input,
    files = [],
  }: TaskRequest): Promise<{ input: TaskInput; keys: string[] }> {
    const keys: string[] = [];
    const urls: Partial<Record<InputFile['field'], string>> = {};
    for (const { field, bytes, extension } of files) {
      const key = createStorageKey(extension);
      await storage.putBytes(bytes, key);
      keys.push(key);
      urls[field] = links.inputUrl(key);
    }
    return { input: { ...input, ...urls }, keys };
  }

  /** Storage keys of our own files that the input names. */
  function ownKeys({ image, lastImage, video, audioUrl }: TaskInput): string[] {
    return [image, lastImage, video?.url ?? '', audioUrl].flatMap((url) => {
      const own = links.resolve(url);
      return own?.kind === 'file' ? own.key : [];
    });
  }

  /** @throws StillroarError `invalid-field` when the caller has another task of the same name */
  async function inTransaction<Value>(
    { externalId }: TaskRequest,
    work: (transaction: DatabaseTransaction) => Promise<Value>,
  ): Promise<Value> {
    try {
      return await database.transaction().execute(work);
    } catch (error) {
      if ((error as { constraint?: string }).constraint !== 'task_external') throw error;
      throw new StillroarError(
        'invalid-field',
        `There already is a task named "${externalId}". Give each task a name of its own.`,
        { field: 'externalId' },
      );
    }
  }

  async function insert(
    account: Account,
    request: TaskRequest,
    origin: Origin,
    choice: Choice,
    { seed, batch }: { seed: number; batch?: BatchPlace },
  ): Promise<Task> {
    const { engine, model } = choice;
    const { kind, dialect } = request;
    // What comes again may have been made already.
    if (!origin.requestKey && Date.now() < (fullUntil.get(engine.name) ?? 0)) throw queueFull();
    const credits = priceWith(model, request, request.credits);
    const { input, keys } = await storeFiles(request);
    const usual = request.anyModel && model.name !== request.model ? { usualModel: request.model } : {};
    const requestKey = origin.requestKey && `${origin.requestKey} ${batch?.index ?? ''}`;
    const traced = currentTrace();
    const now = new Date();
    const id = createTaskId(now);
    const row = await inTransaction(request, async (transaction): Promise<TaskRow> => {
      const made = requestKey && (await selectTaskOfRequest(transaction, account.uid, requestKey));
      if (made) return made;
      // First of all, because it locks the account: what is counted next stays true until the end.
      const reason = `${kind}, ${input.resolution}, ${input.seconds} s`;
      await charge(transaction, account.uid, id, credits, reason);
      const { before_in_queue, before_of_account, ...inserted } = await insertTask(transaction, {
        id,
        uid: account.uid,
        client_id: account.clientId,
        kind,
        input: JSON.stringify({ ...input, ...usual, ...(origin.fault && { fault: origin.fault }) }),
        seed,
        engine: engine.name,
        model: model.name,
        credits,
        priority: input.premium ? PREMIUM_PRIORITY : 0,
        warnings: JSON.stringify(warningsOf(request, choice)),
        batch: batch ? JSON.stringify(batch) : null,
        parent_id: request.parentId ?? null,
        external_id: request.externalId ?? null,
        request_key: requestKey ?? null,
        dialect,
        trace: traced ? JSON.stringify(traced) : null,
        created_at: now,
        updated_at: now,
      });
      checkTasksAtOnce(account.plan, before_of_account, parts.tasksAtOnce);
      if (before_in_queue >= parts.queueLimit) {
        fullUntil.set(engine.name, Date.now() + FULL_FOR);
        throw queueFull();
      }
      await insertInputFiles(transaction, id, keys);
      const kept = new Date(now.getTime() + parts.uploadsKept * 1000);
      await keepUploads(transaction, ownKeys(input), kept);
      await queue.add(transaction, { id, engine: engine.name, priority: inserted.priority });
      return inserted;
    });
    return recordToTask({ ...row, outputs: [] }, links);
  }

  const service: TaskService = {
    start: reader.start,
    models: () => engines.flatMap(({ models }) => models),
    engines: () =>
      engines.map(({ name, models, unavailable = [], effects = [] }) => ({
        name,
        models,
        unavailable,
        effects: effects.map((effect) => ({
          ...effect,
          logo: links.sampleUrl(effect.logo),
          preview: links.sampleUrl(effect.preview),
        })),
      })),

    async estimate(account, request) {
      const choice = await check(account, request, { at: new Date() });
      const { kind, input, seed = randomInt(MOST_SEED) } = request;
      const words = { ...input, kind, seed, soundPrompt: '', musicPrompt: '' };
      if (input.soundPrompt !== undefined) words.soundPrompt = input.soundPrompt;
      if (input.musicPrompt !== undefined) words.musicPrompt = input.musicPrompt;
      return {
        credits: priceWith(choice.model, request, request.credits),
        engine: choice.engine.name,
        model: choice.model.name,
        warnings: warningsOf(request, choice),
        plan: await choice.engine.plan?.(words),
      };
    },

    async create(account, request, origin) {
      const choice = await check(account, request, origin);
      return insert(account, request, origin, choice, { seed: request.seed ?? randomInt(MOST_SEED) });
    },

    async createBatch(account, request, count, origin) {
      const choice = await check(account, request, origin);
      const first = request.seed ?? randomInt(MOST_SEED);
      const id = `${origin.at.getTime()}_${account.uid}`;
      const result: BatchResult = { tasks: [], errors: [] };
      for (let index = 0; index < count; index++) {
        const place = { seed: (first + index) % MOST_SEED, batch: { id, index, count } };
        try {
          result.tasks.push(await insert(account, request, origin, choice, place));
        } catch (error) {
          // Nobody knows what became of this one: under the same key the whole can be asked for again.
          if (result.tasks.length === 0 && !(error instanceof StillroarError)) throw error;
          result.errors.push({ index, error: explainDatabaseAway(error) ?? toStillroarError(error) });
        }
      }
      if (result.tasks.length === 0) throw result.errors[0]!.error;
      return result;
    },

    async find(account, ids) {
      const records = await reader.read(ids);
      return [...new Set(ids)].flatMap((id) => {
        const found = records.get(id);
        return found?.record.uid === account.uid ? recordToTask(found.record, links, found.place) : [];
      });
    },

    async findOne(account, idOrNumber) {
      const isNumber = /^\d{1,18}$/.test(idOrNumber);
      const id = isNumber ? await selectTaskIdByNumber(database, idOrNumber) : idOrNumber;
      return id === undefined ? undefined : (await service.find(account, [id]))[0];
    },

    async findByExternalId(account, externalId) {
      const id = await selectTaskIdByExternalId(database, account.uid, externalId);
      return id === undefined ? undefined : (await service.find(account, [id]))[0];
    },

    async list(account, kind, page) {
      return service.find(account, await selectTaskPage(database, account.uid, kind, page));
    },

    async search(account, filter, page) {
      const { ids, next } = await selectTaskSearch(database, account.uid, filter, page);
      return { tasks: await service.find(account, ids), next };
    },

    async live(account, changedSince) {
      return service.find(account, await selectLiveTaskIds(database, account.uid, changedSince));
    },

    async remove(account, ids) {
      const tasks = new Map((await service.find(account, ids)).map((task) => [task.id, task]));
      const deletions: Deletion[] = [];
      for (const id of new Set(ids)) {
        const task = tasks.get(id);
        const isBusy = task?.state === 'queued' || task?.state === 'processing';
        if (task && !isBusy) {
          // Files first: a task without files can be deleted again, files without a task could not be found.
          for (const key of await selectOutputKeys(database, id)) await storage.remove(key);
          await transitions.remove(id);
        }
        deletions.push({ id, outcome: isBusy ? 'busy' : task ? 'deleted' : 'unknown' });
      }
      return deletions;
    },

    async cancel(account, id) {
      const task = await service.findOne(account, id);
      const isCancelled = task !== undefined && (await transitions.cancel(task.id));
      if (isCancelled) fullUntil.clear();
      return isCancelled;
    },
  };
  return service;
}

/** What the dialect and the choice have to say; of a name that stands for another, who really does the work. */
function warningsOf(request: TaskRequest, { model, warnings }: Choice): Warning[] {
  const ofDialect = request.warnings.map(({ code, message }) => ({
    code,
    message: code === 'model-alias' ? message.replaceAll(request.model, model.name) : message,
  }));
  return [...ofDialect, ...warnings];
}

function queueFull(): StillroarError {
  return new StillroarError('too-many-requests', 'The queue is full. Try again in a minute.', {
    retryAfterSeconds: 60,
  });
}
