import { standardPrices, videoPrice } from '../credits/prices.ts';
import type { Engine, EngineModel, TaskKind, Warning } from '../engines/engine.ts';
import { StillroarError } from '../errors.ts';
import type { TaskRequest } from './task.ts';

/** Why a plan that was given is not kept to. */
const NO_PLANS: Warning = {
  code: 'plan-unused',
  message: 'This model does not work by a plan: what it makes follows from the words alone.',
};

/** Who does the work, and what of it will not be as it was asked for. */
export interface Choice {
  engine: Engine;
  model: EngineModel;
  warnings: Warning[];
}

/** How the operator wants models to be chosen. */
export interface Routing {
  /** The models of requests that name none. */
  defaults: Partial<Record<TaskKind, string>>;
  /** Models that take over, in this order, when another cannot be used at the moment. */
  fallbacks: readonly string[];
}

/**
 * The model that does the work, and its engine: the one that was asked for; where none was, the operator's default. When
 * it cannot be used, another that the operator has named takes over, and a warning says so.
 * @throws StillroarError `invalid-field` when the model does not have an option, or no engine has the model;
 *   `engine-unavailable` when its engine cannot be reached and nothing may take over
 */
export function chooseEngine(
  engines: readonly Engine[],
  request: TaskRequest,
  { defaults, fallbacks }: Routing,
): Choice {
  const preferred = (request.anyModel && defaults[request.kind]) || request.model;
  const able = request.anyModel ? ableModels(engines, request) : [];
  const others = [...(request.anyModel ? [request.model] : []), ...able, ...fallbacks];
  try {
    return withModel(engines, request, preferred);
  } catch (error) {
    const { code, message } = error as StillroarError;
    // Who names a model gets that one or none, unless it is only away.
    if (!request.anyModel && code !== 'engine-unavailable') throw error;
    for (const name of new Set(others)) {
      const choice = name === preferred ? undefined : tryModel(engines, request, name);
      if (!choice) continue;
      // The model that made a video is not asked for when the video gets sound.
      if (preferred === request.model && able.length > 0) return choice;
      return { ...choice, warnings: [fallbackWarning(preferred, name, message), ...choice.warnings] };
    }
    throw error;
  }
}

/**
 * What a task costs with a model: one of another machine may have prices of its own.
 * @param usual its price in credits with every other
 */
export function priceWith(
  { prices }: EngineModel,
  { kind, input }: Pick<TaskRequest, 'kind' | 'input'>,
  usual: number,
): number {
  if (kind === 'video-to-audio' || prices?.[input.resolution] === undefined) return usual;
  return videoPrice(input.resolution, input.seconds, { ...standardPrices, ...prices });
}

/** A task as far as the choice of another model goes. */
export type RoutedTask = Pick<TaskRequest, 'kind' | 'input' | 'model'>;

/**
 * The model that takes over a task whose own model cannot be used when the work is to begin, or undefined when nothing may.
 * @param reason why its model cannot be used
 * @param tried models that are out of the question
 */
export function chooseSubstitute(
  engines: readonly Engine[],
  task: RoutedTask,
  { fallbacks }: Routing,
  reason: string,
  tried: readonly string[],
): Choice | undefined {
  const { usualModel } = task.input;
  for (const name of [...(usualModel === undefined ? [] : [usualModel]), ...fallbacks]) {
    const choice = tried.includes(name) ? undefined : tryModel(engines, task, name);
    if (!choice) continue;
    return { ...choice, warnings: [fallbackWarning(task.model, name, reason), ...choice.warnings] };
  }
  return undefined;
}

function fallbackWarning(wanted: string, name: string, reason: string): Warning {
  return {
    code: 'model-fallback',
    message: `The model ${wanted} could not be used, and ${name} does the work instead. ${reason}`,
  };
}

/** Where the named model cannot do the kind of work at all: those that can. */
function ableModels(engines: readonly Engine[], { kind, model }: TaskRequest): string[] {
  const models = engines.flatMap((engine) => engine.models);
  if (models.some(({ name, kinds }) => name === model && kinds.includes(kind))) return [];
  return models.filter(({ kinds }) => kinds.includes(kind)).map(({ name }) => name);
}

function tryModel(engines: readonly Engine[], request: RoutedTask, name: string): Choice | undefined {
  try {
    return withModel(engines, request, name);
  } catch (error) {
    if (error instanceof StillroarError) return undefined;
    throw error;
  }
}

function withModel(engines: readonly Engine[], request: RoutedTask, wanted: string): Choice {
  const { kind, input } = request;
  const refusals: unknown[] = [];
  for (const engine of engines) {
    const model = engine.models.find(({ name }) => name === wanted);
    if (!model) continue;
    try {
      checkOptions(model, request);
      const warnings = engine.supports({ ...input, kind, model: model.name });
      return {
        engine,
        model,
        warnings: input.plan && !engine.takesPlans ? [...warnings, NO_PLANS] : [...warnings],
      };
    } catch (error) {
      refusals.push(error);
    }
  }
  if (refusals.length) throw refusals[0];
  if (engines.some(({ unavailable = [] }) => unavailable.some(({ name }) => name === wanted))) {
    throw new StillroarError(
      'engine-unavailable',
      `The model ${wanted} cannot be used at the moment. Try again later, or take another model.`,
    );
  }
  throw new StillroarError('invalid-field', `No engine of this server has the model ${wanted}.`, {
    field: 'model',
  });
}

function checkOptions(model: EngineModel, { kind, input }: RoutedTask): void {
  const refuse = (field: string, sentence: string) => {
    throw new StillroarError('invalid-field', sentence, { field });
  };
  const { resolution, seconds, lastImage } = input;
  if (!model.kinds.includes(kind)) refuse('model', `This model cannot do ${kind}.`);
  if (kind === 'video-to-audio') return;
  if (!model.resolutions.includes(resolution)) {
    refuse('resolution', `This model makes ${model.resolutions.join(', ')}, not ${resolution}.`);
  }
  if (!model.seconds.includes(seconds)) {
    refuse('seconds', `This model makes ${model.seconds.join(' or ')} seconds, not ${seconds}.`);
  }
  if (lastImage && !model.lastFrame) {
    refuse('lastImage', 'This model cannot end a video on a given picture. Leave the last picture out.');
  }
  if (!lastImage && model.needsLastFrame) {
    refuse(
      'lastImage',
      'This model goes from one picture to another. Give the picture that the video ends on.',
    );
  }
}
