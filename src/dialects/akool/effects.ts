import { createHash } from 'node:crypto';
import type { EngineEffect } from '../../engines/engine.ts';
import { StillroarError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { TaskService } from '../../tasks/service.ts';

/** When the effects came into this server. */
const SINCE = Date.UTC(2026, 10, 21);

/** The effects of all engines. */
export function knownEffects(tasks: TaskService): EngineEffect[] {
  return tasks.engines().flatMap(({ effects }) => effects);
}

/** The effect that a request names; undefined when it names none. @throws StillroarError with the nearest known one */
export function findEffect(code: string, known: readonly EngineEffect[]): EngineEffect | undefined {
  if (code === '') return undefined;
  const effect = known.find((each) => each.code === code);
  if (effect) return effect;
  const suggestion = nearest(
    code,
    known.map((each) => each.code),
  );
  const named = known.find((each) => each.code === suggestion);
  throw new StillroarError(
    'invalid-field',
    `effect_code "${code.slice(0, 100)}" is not known. ` +
      `${named ? `Did you mean ${named.code} (${named.name})? ` : ''}GET …/effects lists them all.`,
    { field: 'effect_code' },
  );
}

/** The published list of effects. Logo and preview were made by our own engine and are served by us. */
export function toEffectList(known: readonly EngineEffect[]) {
  const result = known.map(({ code, name, logo, preview }) => ({
    _id: createHash('sha256').update(code).digest('hex').slice(0, 24),
    create_time: SINCE,
    logo,
    name,
    video_url: preview,
    effect_code: code,
  }));
  return { result, count: result.length };
}
