import { direct } from '../../picture/direct/direct.ts';
import { planSound } from '../../sound/index.ts';
import type { Engine, WorkPlan } from '../engine.ts';
import { applyMotion } from './apply-motion.ts';
import { effectShot, effectSounds, findEffect } from './effects.ts';
import { fitSoundPlan } from './given-plan.ts';
import { readPlan } from './read-plan.ts';

/** What a sound plan is drawn up for where a video's length is not known yet, in seconds. */
const ASSUMED_SECONDS = 5;

/** What is given, and what the words alone would make of the rest. The picture is not seen yet: what moves in it, and which regions, is decided later. */
export async function planWork(input: Parameters<NonNullable<Engine['plan']>>[0]): Promise<WorkPlan> {
  const { kind, prompt, negativePrompt, soundPrompt, musicPrompt, seed, extendPrompt } = input;
  const seconds = input.seconds || ASSUMED_SECONDS;
  const { kinds, close } = input.sound ?? {};
  const given = readPlan(input);
  const effect = input.effect ? findEffect(input.effect) : undefined;
  const words = effect ? { prompt: '', preset: effectSounds(effect, seconds) } : { prompt };
  const request = { ...words, soundPrompt, musicPrompt, seconds, seed };
  return {
    ...(kind !== 'video-to-audio' && {
      picture:
        given.picture ??
        (effect
          ? effectShot(effect, seed)
          : applyMotion(direct({ prompt, negativePrompt, extendPrompt, seed }), input.motion)),
    }),
    ...(input.audio === 'ai' && {
      sound: given.sound
        ? fitSoundPlan(given.sound, seconds)
        : planSound({ ...request, ...(kinds && { kinds }), ...(close && { close }) }),
    }),
  };
}
