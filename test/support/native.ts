import { setTimeout as sleep } from 'node:timers/promises';

/** A task as the native API shows it, as far as tests look into it. */
export interface NativeTask {
  id: string;
  number: string;
  kind: string;
  state: string;
  progress: number;
  stage: string | null;
  queuePosition: number | null;
  etaSeconds: number | null;
  input: Record<string, unknown>;
  seed: number;
  engine: string;
  model: string;
  credits: number;
  warnings: { code: string; message: string }[];
  error: { code: string; message: string } | null;
  plan: { picture: unknown; sound: unknown } | null;
  outputs: {
    kind: string;
    url: string;
    contentType: string;
    bytes: number;
    width: number | null;
    durationSeconds: number | null;
  }[];
  batch: { id: string; index: number; count: number } | null;
  parentId: string | null;
  dialect: string;
  externalId: string | null;
}

/** An answer of any kind. */
export interface NativeAnswer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A caller of one server with one set of headers. */
export function createNativeCaller(url: string, credentials: Record<string, string>) {
  async function call<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<NativeAnswer<Body>> {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...credentials,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    };
  }
  const get = <Body = NativeTask>(path: string) => call<Body>('GET', path);
  const post = <Body = NativeTask>(path: string, body?: unknown, headers?: Record<string, string>) =>
    call<Body>('POST', path, body, headers);
  return {
    credentials,
    call,
    get,
    post,
    remove: <Body = undefined>(path: string) => call<Body>('DELETE', path),
    /** Asks for a task until it is in one of these states. */
    async wait(id: string, ...states: string[]): Promise<NativeTask> {
      for (;;) {
        const { body } = await get(`/api/v1/tasks/${id}`);
        if (states.includes(body.state)) return body;
        await sleep(20);
      }
    },
  };
}

/** A server-sent event. */
export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

/** Reads server-sent events until the signal ends it. */
export async function* readEvents(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  const response = await fetch(url, { headers, signal });
  if (!response.body) return;
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = Object.fromEntries(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => line.split(/: (.*)/s).slice(0, 2)),
      );
      text = text.slice(end + 2);
      if (fields.data) yield fields as ServerEvent;
    }
  }
}
