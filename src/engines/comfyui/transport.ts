import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import {
  askServer,
  downloadFromServer,
  encodeForm,
  type ServerAnswer,
  type ServerRequest,
} from '../../net/ask-server.ts';
import { type ListeningSocket, listenSocket } from '../../net/listen-socket.ts';
import type { Graph } from './manifest.ts';
import { previewGreeting } from './preview.ts';

// The calls of one ComfyUI server, in its own words. Its `/api/v2` is another implementation of this interface.

const outputFile = z.object({ filename: z.string(), subfolder: z.string().default(''), type: z.string() });

/** A file that a node has saved on the server. */
export type ServerFile = z.output<typeof outputFile>;

const historyEntry = z.object({
  outputs: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .transform((nodes) =>
      Object.fromEntries(
        Object.entries(nodes).map(([node, outputs]) => [
          node,
          // The key says little: a video stands under `images`, `gifs` or `videos`, whichever node saved it.
          Object.values(outputs)
            .flat()
            .flatMap((file) => outputFile.safeParse(file).data ?? []),
        ]),
      ),
    ),
  status: z
    .object({
      status_str: z.string(),
      messages: z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])).default([]),
    })
    .optional(),
});

/** How a prompt ended, as `/history` tells it. */
export type HistoryEntry = z.output<typeof historyEntry>;

const systemStats = z.object({
  system: z.object({ comfyui_version: z.string().default('0.0.0') }),
  devices: z.array(z.object({ type: z.string(), vram_total: z.number(), vram_free: z.number() })).default([]),
});

/** What a server says about itself; memory in bytes. */
export type SystemStats = z.output<typeof systemStats>;

const nodeError = z.object({
  errors: z.array(z.object({ message: z.string(), details: z.string() }).partial()),
});
const submission = z.object({
  prompt_id: z.string().optional(),
  error: z.object({ type: z.string(), message: z.string() }).optional(),
  node_errors: z.union([z.record(z.string(), nodeError), z.array(z.unknown())]).default({}),
});

const queueEntry = z.tuple([z.unknown(), z.string()]).rest(z.unknown());
const queueAnswer = z.object({ queue_running: z.array(queueEntry), queue_pending: z.array(queueEntry) });

const nodeInfo = z.object({
  input: z.object({
    required: z.record(z.string(), z.array(z.unknown())).optional(),
    optional: z.record(z.string(), z.array(z.unknown())).optional(),
  }),
});

/** The inputs of a node class. */
export type NodeInfo = z.output<typeof nodeInfo>;

/** The prompts that a server works on and that wait there. */
export interface ServerQueue {
  running: string[];
  pending: string[];
}

/** The server refuses something for good: what it said, for the operator's log. */
export class ComfyRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ComfyRefusal';
    this.status = status;
  }
}

/** One ComfyUI server. Every call throws `ServerUnreachable` when there is no answer, and `ComfyRefusal` for a refusal. */
export interface ComfyTransport {
  /** Its address, such as `http://127.0.0.1:8188`. */
  readonly url: string;
  stats(signal?: AbortSignal): Promise<SystemStats>;
  /** Undefined when the server has no such node. */
  nodeInfo(className: string, signal?: AbortSignal): Promise<NodeInfo | undefined>;
  /** Answers the name under which a graph finds the file. */
  upload(path: string, name: string, signal?: AbortSignal): Promise<string>;
  submit(graph: Graph, promptId: string, signal?: AbortSignal): Promise<void>;
  /** Undefined for what is unknown and for what has not ended: only the queue tells these apart. */
  history(promptId: string, signal?: AbortSignal): Promise<HistoryEntry | undefined>;
  queue(signal?: AbortSignal): Promise<ServerQueue>;
  /** False when the file is gone. */
  download(file: ServerFile, path: string, signal?: AbortSignal): Promise<boolean>;
  cancel(promptId: string): Promise<void>;
  /** Unloads models; for the try after an out-of-memory error. */
  free(): Promise<void>;
  /** Listens to what it tells, and shows as bytes, about prompts that were submitted here. */
  listen(heard: (message: string | Buffer) => void): ListeningSocket;
}

/** The largest result, in bytes. */
const MOST_RESULT = 2_000_000_000;
const DOWNLOAD_PATIENCE = 10 * 60_000;
const UPLOAD_PATIENCE = 5 * 60_000;
/** Servers from version 0.26 on cancel one prompt by its id. 0.3.x came before them: its releases counted otherwise. */
const FIRST_MINOR_WITH_CANCEL = 26;

/** @param clientId names the socket on which the server tells about what is submitted here */
export function createTransport(
  url: string,
  headers: Record<string, string>,
  clientId: string,
): ComfyTransport {
  let version: number[] = [];

  async function ask(path: string, request: ServerRequest = {}): Promise<ServerAnswer> {
    return askServer(url + path, { ...request, headers: { ...headers, ...request.headers } });
  }

  async function askJson<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    request: ServerRequest = {},
  ): Promise<z.output<Schema>> {
    const { status, body } = await ask(path, request);
    if (status !== 200) throw refusalOf(path, status, body);
    return parse(path, schema, status, body);
  }

  const post = (path: string, value: unknown, signal?: AbortSignal) =>
    ask(path, { ...jsonRequest(value), ...(signal && { signal }) });

  const transport: ComfyTransport = {
    url,

    async stats(signal) {
      const stats = await askJson('/system_stats', systemStats, {
        milliseconds: 5_000,
        ...(signal && { signal }),
      });
      version = stats.system.comfyui_version.split('.').map(Number);
      return stats;
    },

    async nodeInfo(className, signal) {
      const path = `/object_info/${encodeURIComponent(className)}`;
      const info = await askJson(path, z.record(z.string(), nodeInfo), { ...(signal && { signal }) });
      return info[className];
    },

    async upload(path, name, signal) {
      const file = {
        bytes: new Uint8Array(await readFile(path)),
        name: basename(name),
        contentType: 'application/octet-stream',
      };
      // The same route takes pictures, videos and sounds.
      const form = await encodeForm({
        image: file,
        type: 'input',
        subfolder: 'stillroar',
        overwrite: 'true',
      });
      const saved = await askJson('/upload/image', z.object({ name: z.string(), subfolder: z.string() }), {
        method: 'POST',
        ...form,
        milliseconds: UPLOAD_PATIENCE,
        ...(signal && { signal }),
      });
      return saved.subfolder ? `${saved.subfolder}/${saved.name}` : saved.name;
    },

    async submit(graph, promptId, signal) {
      const { status, body } = await post(
        '/prompt',
        // A server shows nothing unless it is asked to; one that does not know the wish leaves it alone.
        {
          prompt: graph,
          client_id: clientId,
          prompt_id: promptId,
          extra_data: { preview_method: 'auto' },
        },
        signal,
      );
      const answer = submission.safeParse(safeJson(body)).data;
      const problems = answer ? problemsOf(answer) : [];
      if (status === 200 && answer && problems.length === 0) return;
      // With 200 the branches that are wrong are dropped and the others run: half a result is none.
      if (status === 200 && answer) await transport.cancel(promptId).catch(() => {});
      throw new ComfyRefusal(status, problems.join('; ') || `/prompt answers with status ${status}.`);
    },

    async history(promptId, signal) {
      const entries = await askJson(`/history/${promptId}`, z.record(z.string(), historyEntry), {
        ...(signal && { signal }),
      });
      return entries[promptId];
    },

    async queue(signal) {
      const { queue_running, queue_pending } = await askJson('/queue', queueAnswer, {
        ...(signal && { signal }),
      });
      const idOf = ([, id]: [unknown, string, ...unknown[]]) => id;
      return { running: queue_running.map(idOf), pending: queue_pending.map(idOf) };
    },

    async download(file, path, signal) {
      const query = new URLSearchParams(file).toString();
      const status = await downloadFromServer(`${url}/view?${query}`, path, {
        headers,
        milliseconds: DOWNLOAD_PATIENCE,
        mostBytes: MOST_RESULT,
        ...(signal && { signal }),
      });
      if (status === 200) return true;
      if (status === 404) return false;
      throw new ComfyRefusal(status, `/view answers with status ${status}.`);
    },

    async cancel(promptId) {
      const [major = 0, minor = 0] = version;
      if (major > 0 || minor >= FIRST_MINOR_WITH_CANCEL) {
        const { status } = await ask(`/api/jobs/${promptId}/cancel`, { method: 'POST' });
        if (status < 400) return;
      }
      await post('/queue', { delete: [promptId] });
      // An old server interrupts whatever runs, whichever prompt is named: ask only while it is ours.
      const { running } = await transport.queue();
      if (running.includes(promptId)) await post('/interrupt', { prompt_id: promptId });
    },

    async free() {
      await post('/free', { unload_models: true, free_memory: true });
    },

    listen(heard) {
      const address = `${url.replace(/^http/, 'ws')}/ws?clientId=${encodeURIComponent(clientId)}`;
      return listenSocket(address, headers, heard, previewGreeting);
    },
  };
  return transport;
}

function jsonRequest(value: unknown): ServerRequest {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}

function safeJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function parse<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  status: number,
  body: Buffer,
): z.output<Schema> {
  const read = schema.safeParse(safeJson(body));
  if (read.success) return read.data;
  throw new ComfyRefusal(status, `${path} answers something that is not ComfyUI's.`);
}

function refusalOf(path: string, status: number, body: Buffer): ComfyRefusal {
  const text = body.toString('utf8').slice(0, 300);
  return new ComfyRefusal(status, `${path} answers with status ${status}: ${text}`);
}

/** What is wrong with a submitted graph; a missing node pack has an error but no node errors. */
function problemsOf({ error, node_errors }: z.output<typeof submission>): string[] {
  const nodes = Array.isArray(node_errors) ? [] : Object.entries(node_errors);
  const found = nodes.flatMap(([node, { errors }]) =>
    errors.map(({ message = '', details = '' }) => `node ${node}: ${message} ${details}`.trim()),
  );
  return error && found.length === 0 ? [`${error.type}: ${error.message}`] : found;
}
