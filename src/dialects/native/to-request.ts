import { startedSeconds, videoPrice } from '../../credits/prices.ts';
import type { EngineModel, TaskKind } from '../../engines/engine.ts';
import { StillroarError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { soundRequest } from '../../tasks/sound-request.ts';
import type { TaskInput, TaskRequest } from '../../tasks/task.ts';
import type { VideoLimits } from '../../tasks/video-limits.ts';
import type { ResolvedFiles } from './resolve.ts';
import type { CreateFields } from './schema.ts';

/** Credits for each second of a video that gets sound, once it has begun. */
const CREDITS_PER_SECOND = 1;

/** What requests are translated with. */
export interface RequestContext {
  models: readonly EngineModel[];
  videoLimits: VideoLimits;
}

const refuse = (field: string, sentence: string): never => {
  throw new StillroarError('invalid-field', sentence, { field });
};

/**
 * What is wanted, said or shown by the fields.
 * @throws StillroarError `invalid-field` for a field that it cannot do without, or cannot use
 */
export function readKind(fields: CreateFields): TaskKind {
  const { image, video } = fields;
  const kind = fields.kind ?? (video ? 'video-to-audio' : image ? 'image-to-video' : 'text-to-video');
  checkKindFields(kind, fields);
  return kind;
}

function checkKindFields(kind: TaskKind, fields: CreateFields): void {
  const { image, video, prompt, lastImage, effect, audio } = fields;
  if (kind === 'video-to-audio') {
    if (!video) refuse('video', 'video is required: the video that gets sound.');
    if (image) refuse('image', 'image has no use here: a video-to-audio task takes a video.');
    if (audio === 'none')
      refuse('audio', 'audio must be ai or a sound of yours: without, nothing would change.');
    return;
  }
  if (video) refuse('video', `video has no use here: a ${kind} task makes one.`);
  if (kind === 'image-to-video') {
    if (!image) refuse('image', 'image is required: the picture to animate.');
    return;
  }
  if (image) refuse('image', 'image has no use here: a text-to-video task is made from words.');
  if (lastImage) refuse('lastImage', 'lastImage has no use here: a text-to-video task is made from words.');
  if (effect) refuse('effect', 'effect has no use here: it happens to a picture.');
  if (!prompt) refuse('prompt', 'prompt is required: say what is to be seen.');
}

/** @throws StillroarError `invalid-field` with the nearest known name, or when no engine does the kind */
function pickModel(models: readonly EngineModel[], kind: TaskKind, name: string | undefined): EngineModel {
  const able = models.filter(({ kinds }) => kinds.includes(kind));
  const known = able.map((model) => model.name);
  if (name === undefined) return able[0] ?? refuse('kind', `No engine of this server does ${kind}.`);
  const model = models.find((candidate) => candidate.name === name);
  if (model && able.includes(model)) return model;
  const suggestion = nearest(name, known);
  return refuse(
    'model',
    `${model ? `${name} cannot do ${kind}` : `There is no model "${name}"`}. ` +
      `${suggestion ? `Did you mean ${suggestion}? ` : ''}There are ${known.join(', ')}.`,
  );
}

/** A plan, where a part of it is given. */
function planOf({ plan, count = 1 }: CreateFields): Pick<TaskInput, 'plan'> {
  const { picture, sound } = plan ?? {};
  if (picture == null && sound == null) return {};
  if (picture != null && count > 1) {
    refuse('count', 'count must be 1 with a picture in the plan: the videos would all be the same.');
  }
  return { plan: { ...(picture != null && { picture }), ...(sound != null && { sound }) } };
}

/** What every kind of task takes, in the task's own words. */
function commonInput(fields: CreateFields, files: ResolvedFiles, model: EngineModel) {
  const { audio = 'ai' } = fields;
  const isOwn = audio !== 'ai' && audio !== 'none';
  return {
    audio: isOwn ? 'file' : audio,
    audioUrl: files.audio,
    premium: fields.premium ?? false,
    modelName: fields.model ?? model.name,
    webhookUrl: fields.webhookUrl ?? '',
    ...(fields.webhookEvents && { webhookEvents: fields.webhookEvents }),
    ...planOf(fields),
  } satisfies Partial<TaskInput>;
}

function commonRequest(fields: CreateFields) {
  return {
    warnings: [],
    dialect: 'native',
    anyModel: fields.model === undefined,
    ...(fields.externalId && { externalId: fields.externalId }),
    ...(fields.seed !== undefined && { seed: fields.seed }),
  };
}

function toVideoRequest(
  kind: 'image-to-video' | 'text-to-video',
  fields: CreateFields,
  files: ResolvedFiles,
  { models }: RequestContext,
): TaskRequest {
  const model = pickModel(models, kind, fields.model);
  const { resolution = '720p', seconds = 5, aspectRatio } = fields;
  return {
    ...commonRequest(fields),
    kind,
    model: model.name,
    credits: videoPrice(resolution, seconds),
    input: {
      ...commonInput(fields, files, model),
      image: files.image,
      lastImage: files.lastImage,
      prompt: fields.prompt ?? '',
      negativePrompt: fields.negativePrompt ?? '',
      ...(fields.soundPrompt && { soundPrompt: fields.soundPrompt }),
      ...(fields.musicPrompt && { musicPrompt: fields.musicPrompt }),
      ...(aspectRatio && { motion: { aspectRatio } }),
      ...(fields.effect && { effect: fields.effect }),
      extendPrompt: fields.extendPrompt ?? false,
      resolution,
      seconds,
      framesPerSecond: fields.fps ?? 24,
    },
  };
}

/** The words of the sound: those that are given, else what the video was made from. */
function soundWords(fields: CreateFields, inherited: Partial<TaskInput>) {
  const { prompt, soundPrompt, musicPrompt } = fields;
  const isGiven = Boolean(prompt || soundPrompt || musicPrompt);
  return {
    prompt: prompt ?? inherited.prompt ?? '',
    soundPrompt: soundPrompt ?? prompt ?? (isGiven ? '' : (inherited.soundPrompt ?? '')),
    musicPrompt: musicPrompt ?? (isGiven ? '' : (inherited.musicPrompt ?? '')),
    sound: { original: fields.originalAudio ?? 'replace' },
    creditsPerSecond: CREDITS_PER_SECOND,
  } satisfies Partial<TaskInput>;
}

function toSoundRequest(fields: CreateFields, files: ResolvedFiles, context: RequestContext): TaskRequest {
  const { video } = files;
  const { seconds: limits } = context.videoLimits;
  if (video && 'task' in video) {
    const wish = { audio: 'ai' as const, audioUrl: '', dialect: 'native' };
    const parent = soundRequest(video.task, wish);
    const model = pickModel(context.models, 'video-to-audio', fields.model);
    return {
      ...parent,
      ...commonRequest(fields),
      model: model.name,
      credits: CREDITS_PER_SECOND * startedSeconds(parent.input.video!.durationSeconds),
      input: {
        ...parent.input,
        ...commonInput(fields, files, model),
        ...soundWords(fields, parent.input),
        audio: files.audio ? 'file' : 'ai',
      },
    };
  }
  const length = video?.durationSeconds;
  if (length !== undefined && (length < limits.least - 0.001 || length > limits.most + 0.001)) {
    refuse(
      'video',
      `The video lasts ${length.toFixed(2)} seconds; it must last from ${limits.least} to ${limits.most}.`,
    );
  }
  const model = pickModel(context.models, 'video-to-audio', fields.model);
  return {
    ...commonRequest(fields),
    kind: 'video-to-audio',
    model: model.name,
    // Where the length is not known yet, the longest is charged and the rest given back.
    credits: CREDITS_PER_SECOND * startedSeconds(length ?? limits.most),
    input: {
      ...commonInput(fields, files, model),
      ...soundWords(fields, {}),
      image: '',
      lastImage: '',
      video: { url: video?.url ?? '', coverUrl: undefined, durationSeconds: length ?? 0 },
      negativePrompt: '',
      extendPrompt: false,
      resolution: '720p',
      seconds: 0,
      framesPerSecond: 24,
    },
  };
}

/**
 * A creation as a task request.
 * @throws StillroarError `invalid-field` for fields that do not go together, `conflict` for a video that is not there
 */
export function toTaskRequest(
  fields: CreateFields,
  files: ResolvedFiles,
  context: RequestContext,
): TaskRequest {
  const kind = readKind(fields);
  return kind === 'video-to-audio'
    ? toSoundRequest(fields, files, context)
    : toVideoRequest(kind, fields, files, context);
}
