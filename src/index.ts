/** What the package exports. */
export { type AnimateOptions, type AnimateResult, animate } from './animate.ts';
export { type ErrorCode, errorTable, StillroarError } from './errors.ts';
export { type AddSoundOptions, addSound } from './foley.ts';
export { type ImagineOptions, imagine } from './imagine.ts';
export type { LocalOptions, LocalResult } from './run-locally.ts';

/** Builds a server; see `app.ts`. Loaded when it is called: who only makes clips waits for no server to load. */
export const createApp: typeof import('./app.ts').createApp = async (config, parts) =>
  (await import('./app.ts')).createApp(config, parts);
