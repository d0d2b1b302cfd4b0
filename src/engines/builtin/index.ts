import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Engine, EngineStatus } from '../engine.ts';
import { checkActions } from './check-actions.ts';
import { checkLanguage } from './check-language.ts';
import { builtinEffects, findEffect } from './effects.ts';
import { builtinModels, builtinName } from './models.ts';
import { checkPaintable } from './paint-picture.ts';
import { planWork } from './plan-work.ts';
import { type PoolJob, RenderPool } from './pool.ts';
import { checkPlan } from './read-plan.ts';

/** Longest that a status call waits for a change, in ms. */
const STATUS_WAIT = 1000;

/** How many clips are rendered at once: one per two cores, because drawing and encoding overlap. */
const renderSlots = Math.max(1, Math.floor(availableParallelism() / 2));

interface Entry extends PoolJob {
  /** Raised by every change, so that a caller that was not waiting sees it at once. */
  version: number;
  seen: number;
  waiters: Set<() => void>;
}

/**
 * The engine that needs nothing but a CPU: it films the picture and composes its sound.
 * @param findDepthModel the path of the operator's depth model, if there is one at the moment
 */
export function createBuiltinEngine(findDepthModel: () => string | undefined = () => undefined): Engine {
  const pool = new RenderPool(renderSlots);
  const entries = new Map<string, Entry>();

  const lost: EngineStatus = {
    state: 'failed',
    code: 'engine-lost',
    reason: 'The process that made the video has ended.',
    retryable: true,
  };

  return {
    name: builtinName,
    models: builtinModels,
    effects: builtinEffects,
    takesPlans: true,
    get children() {
      return pool.children;
    },

    warm: () => pool.warm(),

    supports({ effect, kind, prompt, audio, plan }) {
      // A video that gets sound may have an effect of another engine's.
      if (effect && kind !== 'video-to-audio') findEffect(effect);
      const given = plan && { plan };
      const warnings = [
        ...checkLanguage({ prompt, ...given }),
        ...checkActions({ kind, prompt, ...given }),
        ...checkPlan({ kind, audio, ...given }),
      ];
      return kind === 'text-to-video' ? [...checkPaintable(prompt), ...warnings] : warnings;
    },

    plan: planWork,

    async start(input) {
      const id = randomUUID();
      const entry: Entry = {
        input,
        depthModel: findDepthModel(),
        status: { state: 'running', progress: 0, stage: 'analysing' },
        version: 0,
        seen: -1,
        waiters: new Set(),
        changed: () => {
          entry.version++;
          for (const wake of entry.waiters) wake();
        },
      };
      entries.set(id, entry);
      pool.submit(entry);
      return { id };
    },

    async status(operation, signal) {
      const entry = entries.get(String(operation.id));
      if (!entry) return lost;
      if (entry.seen === entry.version && entry.status.state === 'running') {
        await new Promise<void>((resolve) => {
          const wake = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', wake);
            entry.waiters.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, STATUS_WAIT);
          signal.addEventListener('abort', wake, { once: true });
          entry.waiters.add(wake);
        });
        signal.throwIfAborted();
      }
      entry.seen = entry.version;
      if (entry.status.state !== 'running') entries.delete(String(operation.id));
      return entry.status;
    },

    async cancel(operation) {
      const entry = entries.get(String(operation.id));
      if (entry) pool.cancel(entry);
    },

    async close() {
      pool.close();
    },
  };
}
