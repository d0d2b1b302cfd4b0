import { createCipheriv, createHash, randomInt } from 'node:crypto';
import type { KeyPair } from '../../credits/key-pair.ts';
import type { TaskNews } from '../dialect.ts';
import { statusNumbers } from './statuses.ts';

/** What Akool's callbacks call this kind of task. */
const TYPE = 'image2video';

/** SHA-1 in hex over the four texts, sorted and joined, as Akool publishes it. */
export function signCallback(
  clientId: string,
  timestamp: string,
  nonce: string,
  dataEncrypt: string,
): string {
  const sorted = [clientId, timestamp, nonce, dataEncrypt].sort();
  return createHash('sha1').update(sorted.join('')).digest('hex');
}

/** AES-192-CBC with PKCS#7 padding, in base64: the key is the client secret, the vector the client id. */
export function encryptCallback(text: string, { clientId, clientSecret }: KeyPair): string {
  const cipher = createCipheriv('aes-192-cbc', clientSecret, clientId);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** A callback in Akool's words: what happened is encrypted, and all of it signed. */
export function callback(
  news: Pick<TaskNews, 'taskId' | 'state' | 'videoUrl'>,
  pair: KeyPair,
  now: Date,
): string {
  const data = { _id: news.taskId, status: statusNumbers[news.state], type: TYPE, url: news.videoUrl };
  // What never ran has expired without a video; here that is a failure like any other.
  if (news.state === 'expired') data.status = 4;
  const dataEncrypt = encryptCallback(JSON.stringify(data), pair);
  const timestamp = now.getTime();
  const nonce = String(randomInt(1000, 10_000));
  const signature = signCallback(pair.clientId, String(timestamp), nonce, dataEncrypt);
  return JSON.stringify({ signature, dataEncrypt, timestamp, nonce });
}
