import type { z } from 'zod';
import { askServer, type ServerRequest } from '../../net/ask-server.ts';
import { RemoteRefusal } from './index.ts';

/**
 * Asks for JSON of a known shape; undefined for 404.
 * @throws ServerUnreachable, RemoteRefusal
 */
export async function askJson<Schema extends z.ZodType>(
  url: string,
  schema: Schema,
  request: ServerRequest = {},
): Promise<z.output<Schema> | undefined> {
  const { status, body } = await askServer(url, request);
  if (status === 404) return undefined;
  const text = body.toString('utf8');
  if (status >= 400)
    throw new RemoteRefusal(status, `${url} answers with status ${status}: ${text.slice(0, 300)}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RemoteRefusal(status, `${url} answers something that is no JSON.`);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new RemoteRefusal(status, `${url} answers in another shape than expected: ${text.slice(0, 300)}`);
}

/** A body of JSON with the header that goes with it. */
export function jsonBody(
  value: unknown,
): Pick<ServerRequest, 'method' | 'body'> & { headers: Record<string, string> } {
  return {
    method: 'POST',
    body: Buffer.from(JSON.stringify(value)),
    headers: { 'content-type': 'application/json' },
  };
}
