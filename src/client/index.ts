/**
 * The client of a Stillroar server, for browsers and Node, without a dependency.
 * @example
 * const client = createClient({ baseUrl: 'http://localhost:8080', apiKey });
 * const task = await client.animate({ image: file, prompt: 'slow push in, waves, gulls' });
 * const done = await client.wait(task.id, { onUpdate: ({ progress, stage }) => console.log(progress, stage) });
 * await client.download(done, 'out.mp4');
 */
export { type Client, type ClientOptions, createClient, type RequestOptions } from './client.ts';
export {
  AuthenticationError,
  InsufficientCreditsError,
  RateLimitedError,
  StillroarError,
  TaskFailedError,
} from './errors.ts';
export type * from './types.ts';
export { type HeadersLike, verifyWebhook, type WebhookEvent } from './verify-webhook.ts';
