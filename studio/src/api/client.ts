import type { Problem } from './types.ts';

/** What the server refused, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Stable: `insufficient-credits`; `offline` when there was no answer. */
  readonly code: string;
  /** Which fields are at fault. */
  readonly fields: Problem['errors'];

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? 'The server cannot be reached.');
    this.status = status;
    this.code = problem.code ?? 'offline';
    this.fields = problem.errors ?? [];
  }
}

/** Whether the same request may succeed later. */
export function isRetryable(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    throw new ApiError(0, {});
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new ApiError(response.status, { detail: response.statusText, code: 'internal', ...problem });
}

/**
 * Calls the native API with this browser's session.
 * @throws ApiError what the server refuses, or that it cannot be reached
 */
export async function call<Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await send(`/api/v1/${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** Sends a file as it is. */
export async function sendFile<Answer>(path: string, file: Blob): Promise<Answer> {
  const type = file.type || 'application/octet-stream';
  const response = await send(`/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: file,
  });
  return (await response.json()) as Answer;
}
