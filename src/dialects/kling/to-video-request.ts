import { videoPrice } from '../../credits/prices.ts';
import type { EngineModel, Quality, Resolution, Warning } from '../../engines/engine.ts';
import type { InputFile, TaskRequest } from '../../tasks/task.ts';
import { toCameraMoves } from './camera.ts';
import { aliasWarning, checkModelName, pickModel } from './models.ts';
import { readPicture } from './picture.ts';
import type { ImageToVideoFields, TextToVideoFields } from './video-schema.ts';

const modes: Record<'std' | 'pro', { resolution: Resolution; quality: Quality }> = {
  std: { resolution: '720p', quality: 'fast' },
  pro: { resolution: '1080p', quality: 'fine' },
};

/** What both ways to a video share. */
function videoRequest(fields: ImageToVideoFields | TextToVideoFields, model: EngineModel): TaskRequest {
  const { resolution } = modes[fields.mode];
  return {
    kind: 'text-to-video',
    model: model.name,
    anyModel: model.name !== fields.model_name,
    credits: videoPrice(resolution, fields.duration),
    warnings: model.name === fields.model_name ? [] : [aliasWarning(fields.model_name, model)],
    dialect: 'kling',
    ...(fields.external_task_id && { externalId: fields.external_task_id }),
    input: {
      image: '',
      lastImage: '',
      prompt: fields.prompt,
      negativePrompt: fields.negative_prompt,
      motion: {
        // Kling's default of 0.5 is our own strength.
        strength: 2 * fields.cfg_scale,
        ...(fields.camera_control && { camera: toCameraMoves(fields.camera_control) }),
      },
      extendPrompt: false,
      audio: fields.sound === 'on' ? 'ai' : 'none',
      audioUrl: '',
      resolution,
      seconds: fields.duration,
      framesPerSecond: 24,
      premium: false,
      modelName: fields.model_name,
      webhookUrl: fields.callback_url,
    },
  };
}

/**
 * A request of text2video as a task request.
 * @throws StillroarError `not-found` for an unknown model, or when no engine makes videos from words
 */
export function toTextToVideoRequest(fields: TextToVideoFields, models: readonly EngineModel[]): TaskRequest {
  checkModelName(fields.model_name, 'text-to-video');
  const request = videoRequest(
    fields,
    pickModel(models, 'text-to-video', modes[fields.mode].quality, fields.model_name),
  );
  const motion = { ...request.input.motion, aspectRatio: fields.aspect_ratio };
  return { ...request, input: { ...request.input, motion } };
}

const tailIgnored: Warning = {
  code: 'last-picture-ignored',
  message: 'The model cannot end a video on a given picture: image_tail was left out.',
};

/**
 * A request of image2video as a task request. A picture that comes alone as `image_tail` is the one that is animated.
 * @throws StillroarError `not-found` for an unknown model, `invalid-field` for a picture that cannot be used
 */
export function toImageToVideoRequest(
  fields: ImageToVideoFields,
  models: readonly EngineModel[],
): TaskRequest {
  checkModelName(fields.model_name, 'image-to-video');
  const model = pickModel(models, 'image-to-video', modes[fields.mode].quality, fields.model_name);
  const request = videoRequest(fields, model);
  const { image, image_tail } = fields;
  const first = image ? readPicture(image, 'image', 'image') : readPicture(image_tail, 'image', 'image_tail');
  const last = image && image_tail ? readPicture(image_tail, 'lastImage', 'image_tail') : undefined;
  const files: InputFile[] = [];
  const input = { ...request.input };
  const warnings = [...request.warnings];
  if ('file' in first) files.push(first.file);
  else input.image = first.url;
  if (last && model.lastFrame) {
    if ('file' in last) files.push(last.file);
    else input.lastImage = last.url;
  }
  if (image_tail && (!model.lastFrame || !image)) warnings.push(tailIgnored);
  return { ...request, kind: 'image-to-video', warnings, input, files };
}
