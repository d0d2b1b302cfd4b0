import { startedSeconds } from '../../credits/prices.ts';
import type { EngineModel, SoundKind } from '../../engines/engine.ts';
import { soundRequest } from '../../tasks/sound-request.ts';
import type { Task, TaskInput, TaskRequest } from '../../tasks/task.ts';
import type { VideoLimits } from '../../tasks/video-limits.ts';
import { pickModel } from './models.ts';
import type { SoundFields } from './sound-schema.ts';

/** Credits for each second that has begun. */
const CREDITS_PER_SECOND = 1;

/** What is asked for where music is wanted and nobody says which. */
const ANY_MUSIC = 'calm background music';

/** What the fields say about the sound, in our words. */
function soundInput(fields: SoundFields) {
  const { audio_type: given, sound_effect_prompt, bgm_prompt } = fields;
  // Who describes a sound wants to hear it, whatever the kinds say.
  const kinds = given && [
    ...new Set<SoundKind>([
      ...given,
      ...(sound_effect_prompt ? (['event'] as const) : []),
      ...(bgm_prompt ? (['music'] as const) : []),
    ]),
  ];
  const musicPrompt = bgm_prompt || (given?.includes('music') ? fields.prompt || ANY_MUSIC : '');
  return {
    soundPrompt: [fields.prompt, sound_effect_prompt].filter(Boolean).join('. '),
    musicPrompt,
    sound: {
      ...(kinds && { kinds }),
      ...(fields.asmr_mode && { close: true }),
      original: fields.original_audio,
    },
    webhookUrl: fields.callback_url,
    creditsPerSecond: CREDITS_PER_SECOND,
  } satisfies Partial<TaskInput>;
}

/** A request about a video at a URL. Its length is known later: the longest is charged, and the rest given back. */
export function toForeignSoundRequest(
  fields: SoundFields,
  models: readonly EngineModel[],
  limits: VideoLimits,
): TaskRequest {
  return {
    kind: 'video-to-audio',
    model: pickModel(models, 'video-to-audio', 'fast').name,
    anyModel: true,
    credits: CREDITS_PER_SECOND * startedSeconds(limits.seconds.most),
    warnings: [],
    dialect: 'kling',
    ...(fields.external_task_id && { externalId: fields.external_task_id }),
    input: {
      image: '',
      lastImage: '',
      video: { url: fields.video_url, coverUrl: undefined, durationSeconds: 0 },
      prompt: '',
      negativePrompt: '',
      extendPrompt: false,
      audio: 'ai',
      audioUrl: '',
      resolution: '720p',
      seconds: 0,
      framesPerSecond: 24,
      premium: false,
      modelName: '',
      ...soundInput(fields),
    },
  };
}

/** A request about a finished video of the caller's, made through any dialect. @throws StillroarError `conflict` */
export function toOwnSoundRequest(fields: SoundFields, parent: Task): TaskRequest {
  const request = soundRequest(parent, { audio: 'ai', audioUrl: '', dialect: 'kling' });
  const seconds = request.input.video!.durationSeconds;
  return {
    ...request,
    credits: CREDITS_PER_SECOND * startedSeconds(seconds),
    ...(fields.external_task_id && { externalId: fields.external_task_id }),
    input: { ...request.input, ...soundInput(fields) },
  };
}
