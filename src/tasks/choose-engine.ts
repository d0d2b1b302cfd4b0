import type { Engine, EngineModel, Warning } from '../engines/engine.ts';
import { StillroarError } from '../errors.ts';
import type { TaskRequest } from './task.ts';

/** Who does the work, and what of it will not be as it was asked for. */
export interface Choice {
  engine: Engine;
  model: EngineModel;
  warnings: Warning[];
}

/**
 * The first engine that offers the model and can do the work.
 * @throws StillroarError `invalid-field` when the model does not have an option, or no engine has the model
 */
export function chooseEngine(engines: readonly Engine[], request: TaskRequest): Choice {
  const { kind, input } = request;
  const refusals: unknown[] = [];
  for (const engine of engines) {
    const model = engine.models.find(({ name }) => name === request.model);
    if (!model) continue;
    try {
      checkOptions(model, request);
      return { engine, model, warnings: [...engine.supports({ ...input, kind, model: model.name })] };
    } catch (error) {
      refusals.push(error);
    }
  }
  throw (
    refusals[0] ??
    new StillroarError('invalid-field', `No engine of this server has the model ${request.model}.`, {
      field: 'model',
    })
  );
}

function checkOptions(model: EngineModel, { kind, input }: TaskRequest): void {
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
    refuse('lastImage', 'This model goes from one picture to another. Give the picture that the video ends on.');
  }
}
