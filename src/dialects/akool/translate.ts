import type { Account } from '../../credits/accounts.ts';
import type { Task, TaskRequest, TaskState } from '../../tasks/task.ts';
import type { CreateFields } from './schema.ts';

/** The model that Akool's own clients look for; here it is the engine's default. */
const DEFAULT_MODEL = 'AkoolImage2VideoFastV1';

const audioKinds = { 1: 'ai', 2: 'file', 3: 'none' } as const;
const audioTypes = { ai: 1, file: 2, none: 3 } as const;

/** Image to video, in Akool's list of model types. */
const SUB_TYPE = 1501;

/** 1 queueing, 2 processing, 3 completed, 4 failed. */
type AkoolStatus = 1 | 2 | 3 | 4;

const statuses: Record<TaskState, AkoolStatus> = {
  queued: 1,
  processing: 2,
  completed: 3,
  failed: 4,
  cancelled: 4,
  // After rendering; one that never ran carries an error.
  expired: 3,
};

/** A request of `createBySourcePrompt` as a task request. */
export function toTaskRequest(fields: CreateFields): TaskRequest {
  return {
    kind: 'image-to-video',
    model: DEFAULT_MODEL,
    dialect: 'akool',
    input: {
      image: fields.image_url,
      prompt: fields.prompt,
      negativePrompt: fields.negative_prompt,
      extendPrompt: fields.extend_prompt,
      audio: audioKinds[fields.audio_type],
      audioUrl: fields.audio_url,
      resolution: fields.resolution,
      seconds: fields.video_length,
      framesPerSecond: 24,
      premium: fields.is_premium_model,
      webhookUrl: fields.webhookurl,
    },
  };
}

/** As in the published sample: `Image2Video_`, the prompt's first 24 characters, made safe for file systems. */
export function fileName(prompt: string): string {
  const start = [...prompt].slice(0, 24).join('');
  return `Image2Video_${start.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_')}.mp4`;
}

function statusOf(task: Task): AkoolStatus {
  return task.error ? 4 : statuses[task.state];
}

/** The fields that every answer about a task has. */
function commonFields(task: Task, account: Account) {
  return {
    _id: task.id,
    create_time: task.createdAt.getTime(),
    uid: account.uid,
    team_id: account.teamId,
    status: statusOf(task),
    webhookUrl: task.input.webhookUrl,
    resolution: task.input.resolution,
    file_name: fileName(task.input.prompt),
    effect_name: '',
    effect_code: '',
    image_url: task.input.image,
    prompt: task.input.prompt,
    audio_type: audioTypes[task.input.audio],
    audio_url: task.input.audioUrl,
    // What was really deducted: a task that did not succeed is refunded.
    deduction_credit: statusOf(task) === 4 ? 0 : task.credits,
  };
}

/** The answer to `createBySourcePrompt`: exactly the published fields. */
export function toCreateReply(task: Task, account: Account) {
  return {
    ...commonFields(task, account),
    negative_prompt: task.input.negativePrompt,
    extend_prompt: task.input.extendPrompt,
  };
}

/** One entry of `resultsByIds`: the published fields, and below them ours. */
export function toResultEntry(task: Task, account: Account) {
  const video = task.outputs.find(({ kind }) => kind === 'video');
  const cover = task.outputs.find(({ kind }) => kind === 'cover');
  return {
    ...commonFields(task, account),
    update_time: task.updatedAt.getTime(),
    sub_type: SUB_TYPE,
    video_duration: video?.durationSeconds ?? 0,
    video_url: video?.url ?? '',
    cover_url: cover?.url ?? '',
    only_add_audio: false,
    progress: task.progress,
    stage: task.stage ?? '',
    queue_position: task.queuePosition ?? null,
    error_msg: task.error?.message ?? '',
    expires_time: task.expiresAt?.getTime() ?? null,
    ...(task.state === 'expired' && { expired: true }),
    warnings: task.warnings,
  };
}
