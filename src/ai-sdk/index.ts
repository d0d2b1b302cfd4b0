/**
 * A Stillroar server as a video provider of the AI SDK (`ai`). Needs the package `@ai-sdk/provider`, which `ai` brings.
 * @example
 * const stillroar = createStillroar({ baseURL: 'http://localhost:8080', apiKey });
 * const { video } = await experimental_generateVideo({
 *   model: stillroar.video(),
 *   prompt: { image: await readFile('photo.jpg'), text: 'slow push in, waves, gulls' },
 * });
 */

export { createStillroar, type StillroarProvider, type StillroarSettings } from './provider.ts';
export type { StillroarVideoOptions } from './to-options.ts';
