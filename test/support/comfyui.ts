import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { checkGraph, choicesOf } from '../../src/engines/comfyui/check-graph.ts';
import type { Graph } from '../../src/engines/comfyui/manifest.ts';
import type { NodeInfo } from '../../src/engines/comfyui/transport.ts';

// A ComfyUI without a GPU: its routes and the shapes of its answers as a real server of version 0.3.64 gave them, and
// its traps on demand.

/** How a prompt ends. `drop` answers 200 with node errors; `no-file` ends well without a result. */
export type Outcome =
  | 'success'
  | 'out-of-memory'
  | 'error'
  | 'interrupt'
  | 'no-file'
  | 'file-gone'
  | 'drop'
  | 'hang';

/** A node with what tests look at. */
type RecordedNode = NodeInfo & { output: string[] };

export const recordedNodes = JSON.parse(
  readFileSync(new URL('../fixtures/comfyui/nodes-0.3.64.json', import.meta.url), 'utf8'),
) as Record<string, RecordedNode>;

/** What a fake server can be told. */
export interface FakeOptions {
  version?: string;
  /** How long a prompt takes, in ms. */
  milliseconds?: number;
  /** How the prompts end, in order; what comes after succeeds. */
  outcomes?: Outcome[];
  /** The bytes of every result. */
  result?: Uint8Array;
  /** The key under which a video stands in the history. Default: `images`, as ComfyUI's own node has it. */
  resultName?: string;
  nodes?: Record<string, NodeInfo>;
  /** The Authorization that every request must carry. */
  token?: string;
  /** Larger uploads are refused. A real server's limit is 100 MiB. */
  mostUpload?: number;
}

interface Prompt {
  id: string;
  graph: Graph;
  outcome: Outcome;
  client: string;
  wantsPreviews: boolean;
}

/** A ComfyUI for tests. */
export interface FakeComfy {
  url: string;
  /** Graphs that were submitted and accepted, in order; a prompt that runs twice stands here twice. */
  readonly submitted: { id: string; graph: Graph }[];
  /** Names and sizes of uploads. */
  readonly uploads: { name: string; bytes: number }[];
  readonly cancelled: string[];
  readonly interrupted: string[];
  freed: number;
  /** Whether any request carried an Origin. */
  sawOrigin: boolean;
  outcomes: Outcome[];
  /**
   * Shows a picture of the prompt that runs, if that was asked for, as the server's version does: a new one tells whose it
   * is to those that said they understand.
   */
  show(picture: Uint8Array): void;
  /** Lets the prompt that hangs end well. */
  release(): void;
  /** Ends and comes back at the same address with an empty queue and history. */
  restart(): Promise<void>;
  /** Goes silent; everything is as it was when it comes back. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** The next request for this path is not answered; resolves when it has come. A prompt is taken all the same. */
  hold(path: string): Promise<void>;
  /** Restarts instead of answering the next request for this path. */
  restartAt(path: string): void;
  /** Removes every result, as somebody does who clears the folder. */
  loseFiles(): void;
  /** Cuts all sockets, as a proxy does. */
  cutSockets(): void;
  close(): Promise<void>;
}

const isUuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

export async function startFakeComfy(options: FakeOptions = {}): Promise<FakeComfy> {
  const nodes = options.nodes ?? recordedNodes;
  const milliseconds = options.milliseconds ?? 20;
  const [minor = 0] = (options.version ?? '0.3.64').split('.').slice(1).map(Number);
  const sockets = new Map<string, WebSocket>();
  /** Clients that can read whose a preview is. */
  const understanding = new Set<string>();
  const history = new Map<string, unknown>();
  const files = new Set<string>();
  const cache = new Map<string, string>();
  let pending: Prompt[] = [];
  let running: Prompt | undefined;
  let finish: (() => void) | undefined;
  /** What happens to the next request for a path instead of its answer. */
  let trap: { path: string; spring: () => Promise<void> } | undefined;
  let port = 0;
  let server: Server;

  const fake: FakeComfy = {
    url: '',
    submitted: [],
    uploads: [],
    cancelled: [],
    interrupted: [],
    freed: 0,
    sawOrigin: false,
    outcomes: [...(options.outcomes ?? [])],
    show,
    release: () => finish?.(),
    async restart() {
      await stop();
      pending = [];
      running = undefined;
      history.clear();
      cache.clear();
      await listen();
    },
    pause: () => stop(),
    resume: () => listen(),
    hold(path) {
      return new Promise((resolve) => {
        trap = { path, spring: async () => resolve() };
      });
    },
    restartAt(path) {
      trap = { path, spring: () => fake.restart() };
    },
    loseFiles: () => files.clear(),
    cutSockets() {
      for (const socket of sockets.values()) socket.terminate();
    },
    close: () => stop(),
  };

  const tell = (prompt: Prompt, type: string, data: Record<string, unknown> = {}) =>
    sockets
      .get(prompt.client)
      ?.send(JSON.stringify({ type, data: { ...data, prompt_id: prompt.id, timestamp: Date.now() } }));

  function show(picture: Uint8Array): void {
    const prompt = running;
    if (!prompt?.wantsPreviews) return;
    const number = (value: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    };
    const data = Buffer.from(
      JSON.stringify({ node_id: '3', prompt_id: prompt.id, image_type: 'image/jpeg' }),
    );
    const parts =
      minor > 3 && understanding.has(prompt.client)
        ? [number(4), number(data.length), data, picture]
        : [number(1), number(1), picture];
    sockets.get(prompt.client)?.send(Buffer.concat(parts));
  }

  function next(): void {
    if (running) return;
    running = pending.shift();
    if (running) void run(running);
  }

  async function run(prompt: Prompt): Promise<void> {
    const ids = Object.keys(prompt.graph);
    tell(prompt, 'execution_start');
    tell(prompt, 'execution_cached', { nodes: [] });
    // Binary messages come between the others: this one is of a kind that nobody knows.
    sockets.get(prompt.client)?.send(Buffer.from([0, 0, 0, 9, 0, 0, 0, 1, 255, 216]));
    for (const [index, node] of ids.entries()) {
      const nodes = Object.fromEntries(
        ids.slice(0, index + 1).map((id, place) => [
          id,
          {
            value: place < index ? 1 : 0.5,
            max: 1,
            state: place < index ? 'finished' : 'running',
            node_id: id,
          },
        ]),
      );
      if (minor > 3) tell(prompt, 'progress_state', { nodes });
      else tell(prompt, 'executing', { node, display_node: node });
    }
    await new Promise<void>((resolve) => {
      finish = resolve;
      if (prompt.outcome !== 'hang') setTimeout(resolve, milliseconds);
    });
    // A restart has forgotten it; an interruption has ended it.
    if (running !== prompt) return;
    end(prompt, prompt.outcome);
  }

  function end(prompt: Prompt, outcome: Outcome): void {
    const start = ['execution_start', { prompt_id: prompt.id, timestamp: 1 }];
    const entry = (status_str: string, last: [string, unknown], outputs: unknown = {}) => ({
      prompt: [0, prompt.id, prompt.graph, {}, []],
      outputs,
      status: { status_str, completed: status_str === 'success', messages: [start, last] },
      meta: {},
    });
    if (outcome === 'out-of-memory' || outcome === 'error') {
      const exception_type = outcome === 'error' ? 'RuntimeError' : 'torch.cuda.OutOfMemoryError';
      const data = {
        prompt_id: prompt.id,
        node_id: '3',
        node_type: 'KSampler',
        exception_type,
        exception_message: 'Allocation on device',
        traceback: ['  File "execution.py"'],
      };
      history.set(prompt.id, entry('error', ['execution_error', data]));
      tell(prompt, 'execution_error', data);
    } else if (outcome === 'interrupt') {
      const data = { prompt_id: prompt.id, node_id: '3', node_type: 'KSampler', executed: [] };
      history.set(prompt.id, entry('error', ['execution_interrupted', data]));
      tell(prompt, 'execution_interrupted', data);
    } else {
      history.set(prompt.id, entry('success', ['execution_success', {}], outputsOf(prompt, outcome)));
      tell(prompt, 'execution_success');
      tell(prompt, 'executing', { node: null });
    }
    running = undefined;
    finish = undefined;
    next();
  }

  /** An identical graph comes from the cache, with the name of the file that was saved the first time. */
  function outputsOf({ graph }: Prompt, outcome: Outcome): unknown {
    if (outcome === 'no-file') return {};
    const outputs: Record<string, unknown> = {};
    for (const [id, { class_type, inputs }] of Object.entries(graph)) {
      if (!/^Save(Video|Audio)/.test(class_type)) continue;
      const isAudio = class_type.startsWith('SaveAudio');
      const key = createHash('sha256').update(JSON.stringify(graph)).digest('hex');
      const name = cache.get(key) ?? `${inputs.filename_prefix}_00001_.${isAudio ? 'flac' : 'mp4'}`;
      cache.set(key, name);
      if (outcome !== 'file-gone') files.add(name);
      const saved = {
        filename: name.split('/').at(-1),
        subfolder: name.split('/').slice(0, -1).join('/'),
        type: 'output',
      };
      const preview = { filename: 'preview_00001_.png', subfolder: '', type: 'temp' };
      outputs[id] = isAudio
        ? { audio: [saved] }
        : { [options.resultName ?? 'images']: [preview, saved], animated: [true] };
    }
    return outputs;
  }

  function interrupt(): void {
    const prompt = running;
    if (!prompt) return;
    fake.interrupted.push(prompt.id);
    end(prompt, 'interrupt');
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url!, 'http://fake');
    const path = url.pathname;
    const send = (status: number, value?: unknown): unknown => {
      response.writeHead(status, { 'content-type': 'application/json' });
      return response.end(value === undefined ? '' : JSON.stringify(value));
    };
    if (request.headers.origin) fake.sawOrigin = true;
    if (options.token && request.headers.authorization !== options.token) return send(401);
    const json = () => JSON.parse(body.toString()) as Record<string, unknown>;
    const [, folder, name = ''] = path.split('/');
    if (trap && path === trap.path) {
      const { spring } = trap;
      trap = undefined;
      if (path === '/prompt') submit(json(), () => undefined);
      return spring();
    }
    if (path === '/system_stats') {
      return send(200, {
        system: { os: 'posix', comfyui_version: options.version ?? '0.3.64', python_version: '3.11' },
        devices: [{ name: 'cuda:0', type: 'cuda', index: 0, vram_total: 24e9, vram_free: 20e9 }],
      });
    }
    if (folder === 'object_info') {
      const info = nodes[name];
      return send(200, info ? { [name]: info } : {});
    }
    if (path === '/upload/image') {
      if (body.length > (options.mostUpload ?? 104_857_600)) return send(413);
      const fileName = /name="image"; filename="([^"]+)"/.exec(body.toString('latin1'))?.[1] ?? '';
      fake.uploads.push({ name: fileName, bytes: body.length });
      return send(200, { name: fileName, subfolder: 'stillroar', type: 'input' });
    }
    if (path === '/prompt') return submit(json(), send);
    if (folder === 'history') {
      const entry = history.get(name);
      return send(200, entry ? { [name]: entry } : {});
    }
    if (path === '/queue' && request.method === 'GET') {
      const row = ({ id, graph }: Prompt) => [0, id, graph, {}, []];
      return send(200, { queue_running: running ? [row(running)] : [], queue_pending: pending.map(row) });
    }
    if (path === '/queue') {
      for (const id of json().delete as string[]) {
        if (pending.some((prompt) => prompt.id === id)) fake.cancelled.push(id);
        pending = pending.filter((prompt) => prompt.id !== id);
      }
      return send(200);
    }
    // An old server interrupts whatever runs.
    if (path === '/interrupt') {
      interrupt();
      return send(200);
    }
    const cancelled = /^\/api\/jobs\/([^/]+)\/cancel$/.exec(path)?.[1];
    if (cancelled && minor >= 26) {
      fake.cancelled.push(cancelled);
      pending = pending.filter(({ id }) => id !== cancelled);
      if (running?.id === cancelled) interrupt();
      return send(200, { cancelled: true });
    }
    if (path === '/free') {
      fake.freed++;
      return send(200);
    }
    if (path === '/view') {
      const file = [url.searchParams.get('subfolder'), url.searchParams.get('filename')]
        .filter(Boolean)
        .join('/');
      if (!files.has(file)) return send(404);
      response.writeHead(200, { 'content-type': 'video/mp4' });
      return response.end(options.result ?? Buffer.from('a video'));
    }
    return send(404);
  }

  function submit(
    { prompt, prompt_id, client_id, extra_data }: Record<string, unknown>,
    send: (status: number, value: unknown) => unknown,
  ): unknown {
    const graph = prompt as Graph;
    const id = String(prompt_id);
    const refuse = (type: string, message: string, node_errors: unknown = {}) =>
      send(400, { error: { type, message, details: '', extra_info: {} }, node_errors });
    if (!isUuid(id)) return refuse('invalid_prompt_id', 'prompt_id must be a lower-case UUID');
    const infos = new Map(Object.entries(nodes));
    const problems = checkGraph(graph, infos, new Set(uploadInputs(graph)));
    const unknown = problems.find(({ kind }) => kind === 'no-node');
    // A missing node pack has an error and no node errors.
    if (unknown)
      return refuse('invalid_prompt', `Cannot execute because node ${unknown.className} does not exist.`);
    const outcome = fake.outcomes.shift() ?? 'success';
    const errors = problems.map((problem) => ({
      type: problem.kind === 'no-choice' ? 'value_not_in_list' : 'required_input_missing',
      message: problem.kind === 'no-choice' ? 'Value not in list' : 'Required input is missing',
      details: 'input' in problem ? problem.input : '',
      extra_info: {},
    }));
    const node_errors = { '1': { errors, dependent_outputs: ['9'], class_type: 'X' } };
    if (errors.length && outcome !== 'drop') {
      return refuse('prompt_outputs_failed_validation', 'Prompt outputs failed validation', node_errors);
    }
    const { preview_method } = (extra_data ?? {}) as Record<string, unknown>;
    const wantsPreviews = preview_method === 'auto';
    const made: Prompt = { id, graph, outcome, client: String(client_id), wantsPreviews };
    fake.submitted.push({ id, graph });
    pending.push(made);
    const broken = {
      '1': { errors: [{ type: 'value_not_in_list', message: 'Value not in list', details: 'x' }] },
    };
    send(200, {
      prompt_id: id,
      number: fake.submitted.length,
      node_errors: outcome === 'drop' ? broken : {},
    });
    return setImmediate(next);
  }

  /** Inputs that name uploaded files: a real server looks for the file and not into the list. */
  function uploadInputs(graph: Graph): string[] {
    return Object.entries(graph).flatMap(([id, { class_type }]) => {
      const { required = {} } = nodes[class_type]?.input ?? {};
      return Object.entries(required)
        .filter(
          ([, definition]) =>
            choicesOf(definition) && /"(image|video|audio)_upload"/.test(JSON.stringify(definition)),
        )
        .map(([input]) => `${id} ${input}`);
    });
  }

  async function listen(): Promise<void> {
    server = createServer((request, response) => void answer(request, response));
    const upgrades = new WebSocketServer({ server, path: '/ws' });
    upgrades.on('connection', (socket, request) => {
      if (request.headers.origin) fake.sawOrigin = true;
      const client = new URL(request.url!, 'http://fake').searchParams.get('clientId')!;
      sockets.set(client, socket);
      socket.on('message', (data) => {
        const { type, data: flags } = JSON.parse(String(data)) as Record<string, Record<string, unknown>>;
        if (String(type) === 'feature_flags' && flags?.supports_preview_metadata) understanding.add(client);
      });
      socket.send(
        JSON.stringify({
          type: 'status',
          data: { status: { exec_info: { queue_remaining: 0 } }, sid: client },
        }),
      );
      // To one that comes back the server says which node runs, and not of which prompt.
      if (running) socket.send(JSON.stringify({ type: 'executing', data: { node: '3' } }));
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    fake.url = `http://127.0.0.1:${port}`;
  }

  async function stop(): Promise<void> {
    for (const socket of sockets.values()) socket.terminate();
    sockets.clear();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  await listen();
  return fake;
}
