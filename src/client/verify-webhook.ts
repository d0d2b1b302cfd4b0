import { StillroarError } from './errors.ts';
import type { Task, TaskState } from './types.ts';

/** What a callback says, in the words of the dialect that made the task. */
export type WebhookEvent =
  /** Of a task that was deleted since, only its id and state are known. */
  | { dialect: 'native'; type: string; timestamp: string; task: Task | { id: string; state: TaskState } }
  /** `status` is 2 (processing), 3 (completed) or 4 (failed). */
  | { dialect: 'akool'; news: { _id: string; status: 2 | 3 | 4; type: string; url: string } }
  | { dialect: 'kling'; task: Record<string, unknown> & { task_id: string; task_status: string } };

/** What the headers of a request may come as: `request.headers` of Node, of a Fetch handler, or a plain object. */
export type HeadersLike = Headers | Record<string, string | string[] | undefined>;

/** Seconds by which a callback's time may differ from ours; what is older may be somebody's recording. */
const TOLERANCE = 300;

const utf8 = new TextEncoder();

function refuse(message: string): StillroarError {
  return new StillroarError('invalid-signature', message);
}

/**
 * Checks that a callback was signed with our key (Standard Webhooks 1.0.0) and reads it, in whichever dialect it is
 * written. Works wherever Web Crypto does.
 *
 * @param body as it came, unparsed
 * @param secret the API key of the account, or `whsec_…`
 * @param options `clientId` is needed to decrypt the callbacks of the Akool dialect
 * @throws StillroarError `invalid-signature`
 * @example const event = await verifyWebhook(request.headers, await request.text(), process.env.STILLROAR_API_KEY);
 */
export async function verifyWebhook(
  headers: HeadersLike,
  body: string | Uint8Array,
  secret: string,
  options: { clientId?: string; now?: Date } = {},
): Promise<WebhookEvent> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const id = readHeader(headers, 'webhook-id');
  const timestamp = readHeader(headers, 'webhook-timestamp');
  const now = (options.now ?? new Date()).getTime() / 1000;
  if (!(Math.abs(now - Number(timestamp)) <= TOLERANCE)) {
    throw refuse(`The callback's time is more than ${TOLERANCE} seconds away from now.`);
  }
  const isWrapped = secret.startsWith('whsec_');
  const keyBytes = isWrapped ? fromBase64(secret.slice('whsec_'.length)) : utf8.encode(secret);
  const key = await crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);
  const content = utf8.encode(`${id}.${timestamp}.${text}`);
  let isSigned = false;
  for (const signature of readHeader(headers, 'webhook-signature').split(' ')) {
    const [version, value = ''] = signature.split(',');
    if (version === 'v1') isSigned ||= await crypto.subtle.verify('HMAC', key, fromBase64(value), content);
  }
  if (!isSigned) throw refuse('The callback is not signed with this key.');
  return readBody(text, isWrapped ? new TextDecoder().decode(keyBytes) : secret, options.clientId);
}

async function readBody(text: string, secret: string, clientId: string | undefined): Promise<WebhookEvent> {
  const body = JSON.parse(text) as Record<string, unknown>;
  if (typeof body.dataEncrypt === 'string') {
    if (clientId === undefined)
      throw refuse('Callbacks of the Akool dialect need the clientId to be decrypted.');
    return { dialect: 'akool', news: await decrypt(body.dataEncrypt, secret, clientId) };
  }
  if (typeof body.task_id === 'string') {
    return { dialect: 'kling', task: body as Extract<WebhookEvent, { dialect: 'kling' }>['task'] };
  }
  const { type, timestamp, data } = body as { type: string; timestamp: string; data: Task };
  return { dialect: 'native', type, timestamp, task: data };
}

/** AES-192-CBC, the key the client secret, the vector the client id. */
async function decrypt(data: string, secret: string, clientId: string) {
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), 'AES-CBC', false, ['decrypt']);
  const plain = await crypto.subtle
    .decrypt({ name: 'AES-CBC', iv: utf8.encode(clientId) }, key, fromBase64(data))
    .catch((cause: unknown) => {
      throw new StillroarError('invalid-signature', 'The callback cannot be decrypted.', {}, cause);
    });
  return JSON.parse(new TextDecoder().decode(plain));
}

function readHeader(headers: HeadersLike, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  const text = Array.isArray(value) ? value.join(' ') : value;
  if (!text) throw refuse(`The header ${name} is missing.`);
  return text;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
