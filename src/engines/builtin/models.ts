import type { EngineModel } from '../engine.ts';

const both = {
  kinds: ['image-to-video', 'text-to-video', 'video-to-audio'],
  resolutions: ['720p', '1080p', '4k'],
  seconds: [5, 10],
  lastFrame: true,
} as const;

/** The built-in engine's name, stored with what it made. */
export const builtinName = 'builtin';

/** What the built-in engine offers: the same film, drawn fast or drawn fine. */
export const builtinModels: readonly EngineModel[] = [
  { name: 'builtin-fast', quality: 'fast', ...both },
  { name: 'builtin-fine', quality: 'fine', ...both },
];
