import { type ProblemDetails, StillroarError, toError } from './errors.ts';

/** How a client reaches its server. */
export interface Connection {
  /** Without a slash at its end. */
  baseUrl: string;
  apiKey: string | undefined;
  fetch: typeof globalThis.fetch;
  /** How often a request is repeated that was not answered, or with 429 or a status from 500. */
  maxRetries: number;
}

/** A request. */
export interface Call {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, instead. */
  body?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Pauses grow from this, in ms. */
const FIRST_PAUSE = 500;
/** The server may ask for no longer a pause than this, in ms. */
const LONGEST_PAUSE = 60_000;

/** A new Idempotency-Key. Browsers know `randomUUID` on secure origins only; a server in a home network is none. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends a request until it is answered well or the retries are used up. A POST carries an Idempotency-Key, the caller's
 * or one of its own, so that a repetition does its work once.
 * @throws StillroarError what the server answered, or `unreachable`; the reason of an aborted signal
 */
export async function send(connection: Connection, call: Call): Promise<Response> {
  const headers = new Headers(call.headers);
  if (connection.apiKey !== undefined) headers.set('authorization', `Bearer ${connection.apiKey}`);
  if (call.json !== undefined) headers.set('content-type', 'application/json');
  if (call.method === 'POST' && !headers.has('idempotency-key')) headers.set('idempotency-key', newKey());
  const body = call.json === undefined ? call.body : JSON.stringify(call.json);
  for (let attempt = 0; ; attempt++) {
    const outcome = await once(connection, call, { method: call.method, headers, ...(body && { body }) });
    if (outcome instanceof Response) return outcome;
    if (!outcome.retryable || attempt >= connection.maxRetries) throw outcome.error;
    const growing = FIRST_PAUSE * 2 ** attempt * (0.75 + Math.random() / 2);
    const wanted = (outcome.retryAfterSeconds ?? 0) * 1000;
    await pause(Math.min(LONGEST_PAUSE, Math.max(growing, wanted)), call.signal);
  }
}

interface Failure {
  error: StillroarError;
  retryable: boolean;
  retryAfterSeconds?: number | undefined;
}

async function once(
  { baseUrl, fetch }: Connection,
  { path, signal }: Call,
  init: RequestInit,
): Promise<Response | Failure> {
  let response: Response;
  try {
    response = await fetch(baseUrl + path, { ...init, ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    const message = `${baseUrl} does not answer: ${reasonOf(error)}`;
    return { error: new StillroarError('unreachable', message, {}, error), retryable: true };
  }
  if (response.ok) return response;
  const problem = await readProblem(response);
  const { retryable, retryAfterSeconds } = problem;
  return { error: toError(problem), retryable, retryAfterSeconds };
}

/** Why there was no answer. Node keeps that beside its own “fetch failed”, and only a code where several addresses were tried. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, code } = (error.cause ?? {}) as { message?: string; code?: string };
  return message || code || error.message;
}

async function readProblem(response: Response): Promise<ProblemDetails> {
  const { status, headers } = response;
  const body = (await response.json().catch(() => ({}))) as Partial<ProblemDetails>;
  const retryAfter = headers.get('retry-after');
  return {
    status,
    code: body.code ?? 'unexpected-answer',
    detail: body.detail ?? `The server answered with status ${status}.`,
    // What is no answer of ours is a proxy's.
    retryable: body.retryable ?? (status === 429 || status >= 500),
    errors: body.errors ?? [],
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfterSeconds:
      retryAfter === null || Number.isNaN(Number(retryAfter)) ? undefined : Number(retryAfter),
  };
}

/** Waits; rejects with the signal's reason when it is aborted. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
