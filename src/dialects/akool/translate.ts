import type { Account } from '../../credits/accounts.ts';
import { videoPrice } from '../../credits/prices.ts';
import type { EngineEffect, EngineModel, Warning } from '../../engines/engine.ts';
import type { Deletion } from '../../tasks/service.ts';
import { soundRequest } from '../../tasks/sound-request.ts';
import type { Task, TaskRequest } from '../../tasks/task.ts';
import { aliasWarnings, findModel, IMAGE_TO_VIDEO } from './models.ts';
import type { BatchFields, CreateFields, SoundFields } from './schema.ts';
import { type AkoolStatus, statusNumbers } from './statuses.ts';

const audioKinds = { 1: 'ai', 2: 'file', 3: 'none' } as const;
const audioTypes = { ai: 1, file: 2, none: 3 } as const;

/** A request of `createBySourcePrompt`, or of its batch, as a task request. */
export function toTaskRequest(
  fields: CreateFields | BatchFields,
  effect?: EngineEffect,
  offered: readonly EngineModel[] = [],
): TaskRequest {
  const name = 'model_name' in fields ? fields.model_name : '';
  const model = findModel(name, offered);
  return {
    kind: 'image-to-video',
    model: model.engineModel,
    ...(name === '' && { anyModel: true }),
    credits: videoPrice(fields.resolution, fields.video_length, model.prices),
    warnings: [...aliasWarnings(model), ...audioWarnings(fields)],
    dialect: 'akool',
    input: {
      image: fields.image_url,
      lastImage: 'last_image_url' in fields ? fields.last_image_url : '',
      prompt: fields.prompt,
      negativePrompt: fields.negative_prompt,
      extendPrompt: fields.extend_prompt,
      audio: audioKinds[fields.audio_type],
      audioUrl: fields.audio_url,
      resolution: fields.resolution,
      seconds: fields.video_length,
      framesPerSecond: 24,
      premium: fields.is_premium_model,
      modelName: model.value,
      webhookUrl: fields.webhookurl,
      ...(effect && { effect: effect.code, effectName: effect.name }),
    },
  };
}

/** Says that a sound was sent which nothing plays. */
function audioWarnings({ audio_type, audio_url }: CreateFields | BatchFields): Warning[] {
  if (audio_type === 2 || audio_url === '') return [];
  const message = 'audio_url is played with audio_type 2 only: it was left out.';
  return [{ code: 'audio-url-ignored', message }];
}

/** A request of `updateVideoAudio`, about a video of the caller's. @throws StillroarError `conflict` */
export function toSoundRequest(parent: Task, fields: SoundFields): TaskRequest {
  return soundRequest(parent, {
    audio: audioKinds[fields.audio_type],
    audioUrl: fields.audio_type === 2 ? fields.audio_url : '',
    dialect: 'akool',
  });
}

/** As in the published sample: `Image2Video_`, the prompt's first 24 characters, made safe for file systems. */
export function fileName(prompt: string): string {
  const start = [...prompt].slice(0, 24).join('');
  return `Image2Video_${start.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_')}.mp4`;
}

function statusOf(task: Task): AkoolStatus {
  return task.error ? 4 : statusNumbers[task.state];
}

/** The fields that every answer about a task has. */
function commonFields(task: Task, account: Account) {
  const { input } = task;
  return {
    _id: task.id,
    create_time: task.createdAt.getTime(),
    uid: account.uid,
    team_id: account.teamId,
    status: statusOf(task),
    webhookUrl: input.webhookUrl,
    resolution: input.resolution,
    file_name: fileName(input.prompt),
    effect_name: input.effectName ?? '',
    image_url: input.image,
    prompt: input.prompt,
    // What was really deducted: a task that did not succeed is refunded.
    deduction_credit: statusOf(task) === 4 ? 0 : task.credits,
  };
}

function soundFields({ input }: Task) {
  return { audio_type: audioTypes[input.audio], audio_url: input.audioUrl, effect_code: input.effect ?? '' };
}

function promptFields({ input }: Task) {
  return { negative_prompt: input.negativePrompt, extend_prompt: input.extendPrompt };
}

/** Length of the finished video in seconds; of the video that gets new sound from the start; else 0. */
function durationOf(task: Task): number {
  const video = task.outputs.find(({ kind }) => kind === 'video');
  return video?.durationSeconds ?? task.input.video?.durationSeconds ?? 0;
}

/** The answer to `createBySourcePrompt`: exactly the published fields. */
export function toCreateReply(task: Task, account: Account) {
  return { ...commonFields(task, account), ...soundFields(task), ...promptFields(task) };
}

/** An item of the batch route's `successList`: exactly the published fields. */
export function toBatchItem(task: Task, account: Account) {
  return {
    ...commonFields(task, account),
    ...promptFields(task),
    last_image_url: task.input.lastImage,
    model_name: task.input.modelName,
    batch_id: task.batch?.id ?? '',
    batch_count: task.batch?.count ?? 1,
  };
}

/** The answer to `updateVideoAudio`: exactly the published fields. */
export function toSoundReply(task: Task, account: Account) {
  return {
    ...commonFields(task, account),
    ...soundFields(task),
    ...promptFields(task),
    update_time: task.updatedAt.getTime(),
    video_duration: durationOf(task),
    pre_video_id: task.parentId ?? '',
    only_add_audio: true,
  };
}

/** One entry of `resultsByIds`: the published fields, and below them ours. */
export function toResultEntry(task: Task, account: Account) {
  const isSoundOnly = task.kind === 'video-to-audio';
  const urlOf = (kind: 'video' | 'cover') => task.outputs.find((output) => output.kind === kind)?.url ?? '';
  return {
    ...commonFields(task, account),
    ...soundFields(task),
    update_time: task.updatedAt.getTime(),
    ...(isSoundOnly ? { pre_video_id: task.parentId ?? '' } : { sub_type: IMAGE_TO_VIDEO }),
    video_duration: durationOf(task),
    video_url: urlOf('video'),
    only_add_audio: isSoundOnly,

    cover_url: urlOf('cover'),
    progress: task.progress,
    stage: task.stage ?? '',
    queue_position: task.queuePosition ?? null,
    error_msg: task.error?.message ?? '',
    expires_time: task.expiresAt?.getTime() ?? null,
    ...(task.state === 'expired' && { expired: true }),
    model_name: task.input.modelName,
    ...(task.batch && { batch_id: task.batch.id, batch_count: task.batch.count }),
    seed: task.seed,
    warnings: task.warnings,
  };
}

/** Why a video was not deleted: the first sentence is the published one. */
const deletionRefusals = {
  busy: 'video resource is processing, please try again later',
  unknown: 'video resource does not exist or you have no permission to delete it',
} as const;

/** The answer to `delbyids`. */
export function toDeletionReply(deletions: readonly Deletion[]) {
  return {
    successIds: deletions.filter(({ outcome }) => outcome === 'deleted').map(({ id }) => id),
    noPermissionItems: deletions.flatMap(({ id, outcome }) =>
      outcome === 'deleted' ? [] : { _id: id, msg: deletionRefusals[outcome] },
    ),
  };
}
