import { createHmac } from 'node:crypto';

/** A JSON answer of the Kling dialect, as far as tests look into it. */
export interface KlingAnswer<Data = Record<string, unknown>> {
  code: number;
  message: string;
  request_id: string;
  data: Data;
}

/** A task as Kling shows it. */
export interface KlingTask {
  task_id: string;
  task_status: string;
  task_status_msg: string;
  task_info: { external_task_id: string; parent_video?: Record<string, string> };
  final_unit_deduction: string;
  created_at: number;
  updated_at: number;
  task_result?: {
    videos: { id: string; url: string; duration: string }[];
    audios?: Record<'id' | 'url_mp3' | 'url_wav' | 'duration_mp3' | 'duration_wav', string>[];
  };
  warnings: { code: string; message: string }[];
}

/** A caller of one server with one set of headers. */
export interface KlingCaller {
  get<Data = KlingTask>(path: string): Promise<{ status: number; body: KlingAnswer<Data> }>;
  post(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; body: KlingAnswer<KlingTask> }>;
  /** Polls a task until it has ended. */
  wait(path: string, id: string): Promise<KlingTask>;
}

/** Calls by plain HTTP, as a hand-written client does. */
export function createCaller(url: string, authorization: string): KlingCaller {
  const headers = { authorization, 'content-type': 'application/json' };
  const caller: KlingCaller = {
    async get<Data>(path: string) {
      const response = await fetch(url + path, { headers: { authorization } });
      return { status: response.status, body: (await response.json()) as KlingAnswer<Data> };
    },
    async post(path, body, more = {}) {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { ...headers, ...more },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const answer = (await response.json()) as KlingAnswer<KlingTask>;
      return { status: response.status, headers: response.headers, body: answer };
    },
    async wait(path, id) {
      for (;;) {
        const { body } = await caller.get(`${path}/${id}`);
        if (['succeed', 'failed'].includes(body.data.task_status)) return body.data;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  return caller;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as Kling's clients sign it; what is given replaces the usual claims and header. */
export function signToken(
  pair: { clientId: string; clientSecret: string },
  claims: Record<string, unknown> = {},
  head: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' },
): string {
  const now = Math.floor(Date.now() / 1000);
  const text = `${encode(head)}.${encode({ iss: pair.clientId, exp: now + 1800, nbf: now - 5, ...claims })}`;
  return `${text}.${createHmac('sha256', pair.clientSecret).update(text).digest('base64url')}`;
}
