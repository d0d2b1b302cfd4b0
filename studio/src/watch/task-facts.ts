import type { Output, Task } from '../api/types.ts';
import { text } from '../text/index.ts';

const DAY = 86_400_000;

/** The first output of a kind. */
export function outputOf({ outputs }: Task, kind: Output['kind']): Output | undefined {
  return outputs.find((output) => output.kind === kind);
}

/** What a task is called. */
export function titleOf({ input }: Task): string {
  return input.prompt || input.soundPrompt || input.musicPrompt || input.effect || text.library.untitled;
}

/** Days until a result goes, to the nearest; undefined where none does. */
export function daysLeft({ state, expiresAt }: Task): number | undefined {
  if (state !== 'completed' || !expiresAt) return undefined;
  return Math.max(0, Math.round((Date.parse(expiresAt) - Date.now()) / DAY));
}

/** Whether a result can be heard. */
export function hasSound({ kind, input }: Task): boolean {
  return kind === 'video-to-audio' || input.audio !== 'none';
}
