import type {
  Experimental_VideoModelV4CallOptions as CallOptions,
  JSONObject,
  Experimental_VideoModelV4OperationStatusResult as Status,
  Experimental_VideoModelV4VideoData as VideoData,
  Experimental_VideoModelV4 as VideoModel,
} from '@ai-sdk/provider';
import { type Client, type RequestOptions, type Task, TaskFailedError } from '../client/index.ts';
import { createCallError } from './call-error.ts';
import { toOptions } from './to-options.ts';

/** What an operation is, as the AI SDK keeps it: the tasks of its videos. */
interface Operation extends JSONObject {
  ids: string[];
  /** The AI SDK asks once, when the first of the videos is done: it is answered when all are. */
  isAwaited: boolean;
}

/** Which model, of which server. */
export interface VideoModelSettings {
  modelId: string;
  baseURL: string;
  /** The model's name on the server; without one the server chooses. */
  name?: string;
}

/** One call makes at most so many videos. */
const MOST_VIDEOS = 10;

const isFinal = ({ state }: Task) => state !== 'queued' && state !== 'processing';

/** A model of a server, as the AI SDK calls it. */
export function createVideoModel(client: Client, settings: VideoModelSettings): VideoModel {
  const { modelId, name } = settings;
  const fail = createCallError(settings.baseURL);
  /** Addresses that the AI SDK itself listens at. */
  const awaitedHooks = new Set<string>();

  /** Asks for the videos of a call; of several either all or none. */
  async function create(call: CallOptions & { webhookUrl?: string }) {
    const { options, warnings } = toOptions(call);
    const { webhookUrl, n } = call;
    const wanted = {
      ...options,
      ...(name !== undefined && { model: name }),
      ...(webhookUrl !== undefined && { webhookUrl, webhookEvents: 'end' as const }),
    };
    const { 'idempotency-key': key, ...headers } = readHeaders(call.headers);
    const askFor = (index: number) => {
      const own = {
        ...wanted,
        ...(n > 1 && wanted.seed !== undefined && { seed: wanted.seed + index }),
      };
      const how = {
        ...signalOf(call),
        headers: { ...headers, ...(key && { 'idempotency-key': n > 1 ? `${key}-${index}` : key }) },
      };
      const { image, prompt = '' } = own;
      return image === undefined
        ? client.imagine({ ...own, prompt }, how)
        : client.animate({ ...own, image }, how);
    };
    const asked = await Promise.allSettled(Array.from({ length: n }, (_, index) => askFor(index)));
    const tasks = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const refused = asked.find((each) => each.status === 'rejected');
    if (refused) {
      await cancel(tasks);
      throw fail(refused.reason);
    }
    return { tasks, warnings };
  }

  async function cancel(tasks: readonly Task[]): Promise<void> {
    // One that has ended meanwhile cannot be cancelled, and need not be.
    await Promise.allSettled(tasks.map(({ id }) => client.cancel(id)));
  }

  const respond = () => ({ timestamp: new Date(), modelId, headers: undefined });

  /** The bytes: the AI SDK itself fetches from no private address, which a server of one's own mostly has. */
  async function fetchVideo(task: Task, how: RequestOptions): Promise<VideoData> {
    const blob = await client.download(task, undefined, how);
    return { type: 'binary', data: new Uint8Array(await blob.arrayBuffer()), mediaType: 'video/mp4' };
  }

  async function finish(tasks: readonly Task[], how: RequestOptions) {
    return {
      videos: await Promise.all(tasks.map((task) => fetchVideo(task, how))),
      warnings: tasks.flatMap(({ warnings }) =>
        warnings.map(({ message }) => ({ type: 'other' as const, message })),
      ),
      providerMetadata: { stillroar: { videos: tasks.map(describe) } },
      response: respond(),
    };
  }

  return {
    specificationVersion: 'v4',
    provider: 'stillroar',
    modelId,
    maxVideosPerCall: MOST_VIDEOS,

    async doGenerate(call) {
      const { tasks, warnings } = await create(call);
      const how = signalOf(call);
      try {
        const done = await Promise.all(tasks.map(({ id }) => client.wait(id, how)));
        const finished = await finish(done, how);
        return { ...finished, warnings: [...warnings, ...finished.warnings] };
      } catch (error) {
        // Nobody else knows of them.
        await cancel(tasks);
        throw fail(error);
      }
    },

    async handleWebhookOption({ webhook }) {
      const { url, received } = await webhook();
      awaitedHooks.add(url);
      return { webhookUrl: url, received };
    },

    async doStart(call) {
      const isAwaited = call.webhookUrl !== undefined && awaitedHooks.delete(call.webhookUrl);
      const { tasks, warnings } = await create(call);
      const operation: Operation = { ids: tasks.map(({ id }) => id), isAwaited };
      return { operation, warnings, response: respond() };
    },

    async doStatus({ operation, abortSignal, headers }): Promise<Status> {
      const { ids, isAwaited } = operation as Operation;
      const how = { ...signalOf({ abortSignal }), headers: readHeaders(headers) };
      try {
        const tasks = await Promise.all(
          ids.map((id) => (isAwaited ? waitForEnd(client, id, how) : client.get(id, how))),
        );
        const failed = tasks.find((task) => isFinal(task) && task.state !== 'completed');
        if (failed) {
          const { message: error } = new TaskFailedError(failed);
          return { status: 'error', error, response: respond() };
        }
        if (!tasks.every(isFinal)) return { status: 'pending', response: respond() };
        return { status: 'completed', ...(await finish(tasks, how)) };
      } catch (error) {
        throw fail(error);
      }
    },
  };
}

/** The task once it has ended, however. */
async function waitForEnd(client: Client, id: string, how: RequestOptions): Promise<Task> {
  return client.wait(id, how).catch((error: unknown) => {
    if (error instanceof TaskFailedError) return error.task;
    throw error;
  });
}

function signalOf({ abortSignal }: { abortSignal?: AbortSignal | undefined }): RequestOptions {
  return abortSignal ? { signal: abortSignal } : {};
}

/** Headers by their names in small letters, without those that are undefined. */
function readHeaders(headers: CallOptions['headers'] = {}): Record<string, string> {
  const given = Object.entries(headers).flatMap(([header, value]) =>
    value === undefined ? [] : [[header.toLowerCase(), value] as const],
  );
  return Object.fromEntries(given);
}

/** What is worth knowing of a video besides its bytes. */
function describe({ id, seed, credits, model, outputs, expiresAt }: Task): JSONObject {
  const video = outputs.find(({ kind }) => kind === 'video');
  const { url = null, width = null, height = null, durationSeconds = null } = video ?? {};
  return { taskId: id, seed, credits, model, url, width, height, durationSeconds, expiresAt };
}
