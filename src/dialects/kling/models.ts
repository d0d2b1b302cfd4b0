import type { EngineModel, Quality, TaskKind, Warning } from '../../engines/engine.ts';
import { StillroarError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';

/** The names of Kling's own models, as its clients send them; each is done by a model of this server. */
const names: Record<'image-to-video' | 'text-to-video', readonly string[]> = {
  'image-to-video': [
    'kling-v1',
    'kling-v1-5',
    'kling-v1-6',
    'kling-v2-master',
    'kling-v2-1',
    'kling-v2-1-master',
    'kling-v2-5-turbo',
    'kling-v2-6',
  ],
  'text-to-video': [
    'kling-v1',
    'kling-v1-6',
    'kling-v2-master',
    'kling-v2-1-master',
    'kling-v2-5-turbo',
    'kling-v2-6',
  ],
};

/** @throws StillroarError `not-found` with the nearest known name */
export function checkModelName(name: string, kind: 'image-to-video' | 'text-to-video'): void {
  if (names[kind].includes(name)) return;
  const suggestion = nearest(name, names[kind]);
  throw new StillroarError(
    'not-found',
    `model_name "${name.slice(0, 100)}" does not exist. ` +
      `${suggestion ? `Did you mean ${suggestion}? ` : ''}There are ${names[kind].join(', ')}.`,
    { field: 'model_name' },
  );
}

/** What a server answers that cannot do a kind of work. */
const missing: Record<TaskKind, string> = {
  'text-to-video':
    'text2video needs an engine that makes videos from words, and none is configured: ' +
    'add one whose models offer text-to-video to src/engines/index.ts, or animate a picture with image2video.',
  'image-to-video': 'No engine of this server makes videos from pictures.',
  'video-to-audio': 'No engine of this server makes sound for videos.',
};

/**
 * The engines' model for a kind of work: the one that bears Kling's own name, as where Kling's cloud is an engine; else the
 * first of the wanted quality, else the first.
 * @throws StillroarError `not-found` that names what to configure
 */
export function pickModel(
  models: readonly EngineModel[],
  kind: TaskKind,
  quality: Quality,
  name?: string,
): EngineModel {
  const able = models.filter(({ kinds }) => kinds.includes(kind));
  const model =
    able.find((candidate) => candidate.name === name) ??
    able.find((candidate) => candidate.quality === quality) ??
    able[0];
  if (!model) throw new StillroarError('not-found', missing[kind]);
  return model;
}

/** Says who really does the work behind Kling's name. */
export function aliasWarning(name: string, model: EngineModel): Warning {
  return {
    code: 'model-alias',
    message: `${name} is not installed here: the model ${model.name} of this server does the work.`,
  };
}
