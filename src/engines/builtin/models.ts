import type { EngineModel } from '../engine.ts';

const both = {
  kinds: ['image-to-video', 'text-to-video', 'video-to-audio'],
  resolutions: ['720p', '1080p', '4k'],
  seconds: [5, 10],
  lastFrame: true,
} as const;

/** What the built-in engine offers: the same film, drawn fast or drawn fine. */
export const builtinModels: readonly EngineModel[] = [
  { name: 'builtin-fast', quality: 'fast', ...both },
  { name: 'builtin-fine', quality: 'fine', ...both },
];
