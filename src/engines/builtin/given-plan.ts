import type { Shot } from '../../picture/direct/shot.ts';
import type { SoundLayer, SoundPlan } from '../../sound/index.ts';
import type { EngineInput } from '../engine.ts';

/** What a caller wants to be seen and heard, in place of what we would have chosen. */
export interface GivenPlan {
  picture?: Shot;
  sound?: SoundPlan;
}

/**
 * The plan that comes with a request, checked. What checks it is only loaded when there is one.
 * @throws StillroarError `invalid-field` with the place and what stands there in a plan
 */
export async function loadPlan(input: Pick<EngineInput, 'plan' | 'seed'>): Promise<GivenPlan> {
  if (!input.plan) return {};
  const { readPlan } = await import('./read-plan.ts');
  return readPlan(input);
}

/**
 * A plan for a clip of another length: what lasts to the plan's end lasts to the clip's, and what lies beyond it is left
 * out. Seconds.
 */
export function fitSoundPlan(plan: SoundPlan, seconds: number): SoundPlan {
  const isLast = ({ start, duration }: SoundLayer) => start + duration > plan.seconds - 0.01;
  const layers = plan.layers
    .filter(({ start }) => start < seconds)
    .map((entry): SoundLayer => {
      const rest = seconds - entry.start;
      const duration = isLast(entry) ? rest : Math.min(entry.duration, rest);
      if (entry.kind === 'music' || !entry.events) return { ...entry, duration };
      return { ...entry, duration, events: entry.events.filter(({ time }) => time < duration) };
    });
  return { ...plan, seconds, layers };
}
