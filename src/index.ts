/** What the package exports. */
export { type AnimateOptions, type AnimateResult, animate } from './animate.ts';
export { createApp } from './app.ts';
export { type ErrorCode, errorTable, StillroarError } from './errors.ts';
