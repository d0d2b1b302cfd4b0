import { StillroarError, TaskFailedError } from './errors.ts';
import { readEvents } from './events.ts';
import { type Call, type Connection, pause, send } from './request.ts';
import type {
  Account,
  AnimateOptions,
  Effect,
  Estimate,
  ImagineOptions,
  Model,
  Page,
  SoundOptions,
  Source,
  Task,
  TaskQuery,
  Upload,
} from './types.ts';

/** What {@link createClient} is given. */
export interface ClientOptions {
  /** Where the server is: `http://localhost:8080`. Default: the page's own origin. */
  baseUrl?: string;
  /** Without one the browser's own session serves. */
  apiKey?: string;
  /** Default: the platform's. */
  fetch?: typeof globalThis.fetch;
  /** How often a request is repeated that was not answered, or with 429 or a status from 500. Default 3. */
  maxRetries?: number;
}

/** How something is asked for. */
export interface RequestOptions {
  /** Ends the wait, not the task; see `cancel`. */
  signal?: AbortSignal;
  /**
   * Sent along. With an `Idempotency-Key` of yours the same request is the same task for 24 hours; name its files by URL
   * or id then, because a Blob is brought anew and makes another request of it.
   */
  headers?: Record<string, string>;
}

/** What can be asked of a server. Everything throws a {@link StillroarError}. */
export interface Client {
  /** A picture becomes a video. Resolves as soon as the task is accepted. */
  animate(options: AnimateOptions, how?: RequestOptions): Promise<Task>;
  /** Words become a video. */
  imagine(options: ImagineOptions, how?: RequestOptions): Promise<Task>;
  /** A video gets sound; its picture is copied, not made anew. */
  addSound(options: SoundOptions, how?: RequestOptions): Promise<Task>;
  /** What one of these would cost; nothing is made or charged. */
  estimate(options: AnimateOptions | ImagineOptions | SoundOptions, how?: RequestOptions): Promise<Estimate>;
  /** The task like another, with other fields where they are given. */
  remix(id: string, changes?: Partial<AnimateOptions & SoundOptions>, how?: RequestOptions): Promise<Task>;
  get(id: string, how?: RequestOptions): Promise<Task>;
  /** A page of the account's tasks, the newest first. */
  list(query?: TaskQuery, how?: RequestOptions): Promise<Page<Task>>;
  /** Ends a task that has not ended, and gives its credits back. */
  cancel(id: string, how?: RequestOptions): Promise<Task>;
  /** Deletes a task that has ended, with its files. */
  remove(id: string, how?: RequestOptions): Promise<void>;
  /** The task each time that it changes, from now until it has ended. Survives broken connections. */
  subscribe(id: string, how?: RequestOptions): AsyncGenerator<Task, void, undefined>;
  /**
   * Waits until the task is completed.
   * @throws TaskFailedError when it ends otherwise
   */
  wait(id: string, how?: RequestOptions & { onUpdate?: (task: Task) => void }): Promise<Task>;
  /** The finished video (or sound) as a Blob; with a path, which Node alone has, it is written there. */
  download(task: Task, path?: undefined, how?: RequestOptions): Promise<Blob>;
  download(task: Task, path: string, how?: RequestOptions): Promise<string>;
  /** Brings a file; everything that takes a Blob does so by itself. */
  upload(file: Blob, how?: RequestOptions): Promise<Upload>;
  models(how?: RequestOptions): Promise<Model[]>;
  effects(how?: RequestOptions): Promise<Effect[]>;
  account(how?: RequestOptions): Promise<Account>;
}

const isFinal = ({ state }: Task) => state !== 'queued' && state !== 'processing';

/** So many broken connections in a row end a subscription. */
const MOST_BREAKS = 10;

/**
 * A client of a server.
 * @example const client = createClient({ baseUrl: 'http://localhost:8080', apiKey });
 */
export function createClient(options: ClientOptions = {}): Client {
  const { apiKey, maxRetries = 3 } = options;
  const connection: Connection = {
    baseUrl: (options.baseUrl ?? '').replace(/\/+$/, ''),
    apiKey,
    // Called as a method of something else, a browser's fetch refuses.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    maxRetries,
  };

  async function call<Answer>(request: Call): Promise<Answer> {
    const response = await send(connection, request);
    return (await response.json()) as Answer;
  }

  const get = <Answer>(path: string, how: RequestOptions = {}) =>
    call<Answer>({ ...how, method: 'GET', path: `/api/v1/${path}` });
  const post = <Answer>(path: string, json: unknown, how: RequestOptions = {}) =>
    call<Answer>({ ...how, method: 'POST', path: `/api/v1/${path}`, json });

  /** Uploads what is given as bytes, and names it instead. */
  async function withFiles(fields: object, how: RequestOptions = {}): Promise<Record<string, unknown>> {
    const named: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (value instanceof Blob) named[name] = (await client.upload(value, how)).id;
      else named[name] = name === 'video' ? idOf(value as Source | Task) : value;
    }
    return named;
  }

  const create = async (kind: Task['kind'], fields: object, how?: RequestOptions) =>
    post<Task>('tasks', { kind, ...(await withFiles(fields, how)) }, how);

  async function* subscribe(id: string, how: RequestOptions = {}): AsyncGenerator<Task, void, undefined> {
    const { signal, headers } = how;
    let lastEvent = '';
    for (let breaks = 0; breaks < MOST_BREAKS; breaks++) {
      const response = await send(connection, {
        method: 'GET',
        path: `/api/v1/events?task=${encodeURIComponent(id)}`,
        headers: { ...headers, ...(lastEvent !== '' && { 'last-event-id': lastEvent }) },
        signal,
      });
      try {
        for await (const { id: eventId, event, data } of readEvents(response.body!)) {
          if (event === 'deleted') throw new StillroarError('not-found', 'The task was deleted.');
          if (event !== 'task') continue;
          const task = JSON.parse(data) as Task;
          lastEvent = eventId;
          breaks = 0;
          yield task;
          if (isFinal(task)) return;
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof StillroarError) throw error;
        // A broken connection; what has changed meanwhile is told by the next.
      }
      await pause(200 * 2 ** breaks, signal);
    }
    throw new StillroarError('unreachable', `The events of ${connection.baseUrl} break off again and again.`);
  }

  const client: Client = {
    animate: (fields, how) => create('image-to-video', fields, how),
    imagine: (fields, how) => create('text-to-video', fields, how),
    addSound: (fields, how) => create('video-to-audio', fields, how),

    async estimate(fields, how) {
      // Nothing is brought for an estimate: a picture that is not there yet counts as one that will do.
      const named = Object.entries(fields).map(([name, value]) => [name, standIn(name, value)]);
      return post<Estimate>('estimate', Object.fromEntries(named), how);
    },

    async remix(id, changes = {}, how) {
      return post<Task>(`tasks/${encodeURIComponent(id)}/remix`, await withFiles(changes, how), how);
    },

    get: (id, how) => get<Task>(`tasks/${encodeURIComponent(id)}`, how),

    list({ since, until, ...rest } = {}, how) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(rest))
        if (value !== undefined) query.set(name, String(value));
      if (since) query.set('since', since.toISOString());
      if (until) query.set('until', until.toISOString());
      return get<Page<Task>>(`tasks?${query}`, how);
    },

    cancel: (id, how) => post<Task>(`tasks/${encodeURIComponent(id)}/cancel`, undefined, how),

    async remove(id, how = {}) {
      await send(connection, { ...how, method: 'DELETE', path: `/api/v1/tasks/${encodeURIComponent(id)}` });
    },

    subscribe,

    async wait(id, { onUpdate, ...how } = {}) {
      for await (const task of subscribe(id, how)) {
        onUpdate?.(task);
        if (task.state === 'completed') return task;
        if (isFinal(task)) throw new TaskFailedError(task);
      }
      throw new StillroarError('unexpected-answer', 'The events ended before the task did.');
    },

    download: (async (task: Task, path?: string, how: RequestOptions = {}) => {
      const output =
        task.outputs.find(({ kind }) => kind === 'video') ??
        task.outputs.find(({ kind }) => kind === 'audio');
      if (!output) throw new StillroarError('not-found', `The task is ${task.state} and has no file.`);
      const file = await connection.fetch(output.url, how);
      if (!file.ok) throw new StillroarError('not-found', 'The file has expired.', { status: file.status });
      if (path === undefined) return file.blob();
      const { writeFile } = await import('node:fs/promises');
      await writeFile(path, new Uint8Array(await file.arrayBuffer()));
      return path;
    }) as Client['download'],

    upload: (file, how = {}) =>
      call<Upload>({
        ...how,
        method: 'POST',
        path: '/api/v1/uploads',
        body: file,
        headers: { ...how.headers, 'content-type': file.type || 'application/octet-stream' },
      }),

    models: async (how) => (await get<Page<Model>>('models', how)).items,
    effects: async (how) => (await get<Page<Effect>>('effects', how)).items,
    account: (how) => get<Account>('account', how),
  };
  return client;
}

function idOf(video: Source | Task): unknown {
  return typeof video === 'object' && 'id' in video ? video.id : video;
}

/** What stands for a file in an estimate. */
function standIn(name: string, value: unknown): unknown {
  if (value instanceof Blob) return 'data:application/octet-stream;base64,AA==';
  return name === 'video' ? idOf(value as Source | Task) : value;
}
