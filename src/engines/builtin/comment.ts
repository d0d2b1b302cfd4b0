import type { EngineInput, TaskKind } from '../engine.ts';

/** What the comment of a video of ours says. */
export interface MadeWith {
  kind: TaskKind;
  /** Fields of a creation; those at their defaults may be missing. */
  input: Record<string, unknown>;
  seed: number;
}

/** Reads a comment; undefined when it is not one of ours. */
export function readComment(comment: string | undefined): MadeWith | undefined {
  try {
    const { generator, ...made } = JSON.parse(comment ?? '') as MadeWith & { generator?: unknown };
    return generator === 'stillroar' ? made : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What a video was made with, as JSON for its file's comment, in the words of the native API: whoever has the file can
 * make another like it. No address of the caller's stands in it.
 */
export function writeComment(input: EngineInput): string {
  const { kind, prompt, negativePrompt, soundPrompt, musicPrompt, audio, resolution, seconds, seed } = input;
  const fields = {
    prompt,
    negativePrompt,
    soundPrompt,
    musicPrompt,
    // The caller's own sound is not in the file as it was sent.
    audio: audio === 'none' ? 'none' : 'ai',
    resolution,
    seconds,
    fps: input.framesPerSecond,
    effect: input.effect,
    model: input.model,
    extendPrompt: input.extendPrompt,
    aspectRatio: input.motion?.aspectRatio,
    plan: input.plan,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return JSON.stringify({ generator: 'stillroar', kind, input: Object.fromEntries(given), seed });
}
