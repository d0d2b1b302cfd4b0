import { StillroarError } from '../../../src/client/errors.ts';
import { type Call, send } from '../../../src/client/request.ts';

export { StillroarError };

/** With this browser's session; what is worth repeating is repeated by the cache of queries. */
const connection = {
  baseUrl: location.origin,
  apiKey: undefined,
  fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  maxRetries: 0,
};

/** Whether the same request may succeed later. */
export function isRetryable(error: unknown): boolean {
  return error instanceof StillroarError && (error.status === undefined || error.status >= 500);
}

/**
 * Calls the native API.
 * @throws StillroarError what the server refuses; `unreachable` when it does not answer
 */
export async function call<Answer>(
  method: Call['method'],
  path: string,
  json?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await send(connection, { method, path: `/api/v1/${path}`, json, headers });
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** Sends a file as it is. */
export async function sendFile<Answer>(path: string, body: Blob): Promise<Answer> {
  const headers = { 'content-type': body.type || 'application/octet-stream' };
  const response = await send(connection, { method: 'POST', path: `/api/v1/${path}`, body, headers });
  return (await response.json()) as Answer;
}
