/** What the package exports. */
export { type AnimateOptions, type AnimateResult, animate } from './animate.ts';
export { createApp } from './app.ts';
export { type ErrorCode, errorTable, StillroarError } from './errors.ts';
export { type AddSoundOptions, addSound } from './foley.ts';
export { type ImagineOptions, imagine } from './imagine.ts';
export type { LocalOptions, LocalResult } from './run-locally.ts';
