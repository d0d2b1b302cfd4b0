import { videoPrice } from '../../credits/prices.ts';
import type { EngineModel, Resolution, TaskKind, Warning } from '../../engines/engine.ts';
import { StillroarError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { Task, TaskRequest } from '../../tasks/task.ts';
import type { CreateFields } from './schema.ts';

/** OpenAI's own models, which clients send; each stands for one of this server's. */
const aliases: Record<string, 'fast' | 'fine'> = { 'sora-2': 'fast', 'sora-2-pro': 'fine' };

/** The names that ids carry in front. */
const ID_PREFIX = 'video_';

/** Our id of a video's. */
export function toTaskId(videoId: string): string {
  return videoId.startsWith(ID_PREFIX) ? videoId.slice(ID_PREFIX.length) : videoId;
}

function toVideoId(taskId: string): string {
  return ID_PREFIX + taskId;
}

interface Picked {
  model: EngineModel;
  anyModel: boolean;
  warnings: Warning[];
}

function pickModel(models: readonly EngineModel[], kind: TaskKind, name = ''): Picked {
  const able = models.filter(({ kinds }) => kinds.includes(kind));
  const refuse = (sentence: string): never => {
    throw new StillroarError('not-found', sentence, { field: 'model' });
  };
  const named = able.find((model) => model.name === name);
  if (named) return { model: named, anyModel: false, warnings: [] };
  const quality = aliases[name.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
  if (name !== '' && !quality) {
    const known = able.map((model) => model.name);
    const suggestion = nearest(name, known);
    refuse(
      `The model "${name.slice(0, 100)}" does not exist here. ` +
        `${suggestion ? `Did you mean ${suggestion}? ` : ''}There are ${known.join(', ')}.`,
    );
  }
  const model =
    able.find((candidate) => candidate.quality === quality) ??
    able[0] ??
    refuse(`No engine of this server does ${kind}.`);
  const message = `${name} is not installed here: the model ${model.name} of this server does the work.`;
  return { model, anyModel: true, warnings: name === '' ? [] : [{ code: 'model-alias', message }] };
}

/** The resolution whose short side is nearest above a size's, and its aspect ratio. */
function readSize(size: string): {
  resolution: Resolution;
  aspectRatio: '16:9' | '9:16' | '1:1';
  isExact: boolean;
} {
  const [width = 0, height = 0] = size.split('x').map(Number);
  const short = Math.min(width, height);
  const resolution = short <= 720 ? '720p' : short <= 1080 ? '1080p' : '4k';
  const aspectRatio = width > height * 1.2 ? '16:9' : height > width * 1.2 ? '9:16' : '1:1';
  const exact = [
    '1280x720',
    '720x1280',
    '720x720',
    '1920x1080',
    '1080x1920',
    '1080x1080',
    '3840x2160',
    '2160x3840',
  ];
  return { resolution, aspectRatio, isExact: exact.includes(size) };
}

/** The shortest of a model's lengths that is not shorter than asked, else its longest. */
function readSeconds(asked: number | undefined, lengths: readonly number[]): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  return sorted.find((seconds) => seconds >= (asked ?? 0)) ?? sorted.at(-1)!;
}

/**
 * A creation as a task request.
 * @param image URL of the picture; empty for a video from words
 * @throws StillroarError `not-found` for an unknown model
 */
export function toTaskRequest(
  fields: CreateFields,
  image: string,
  models: readonly EngineModel[],
): TaskRequest {
  const kind = image === '' ? 'text-to-video' : 'image-to-video';
  const { size = '1280x720', seconds: asked, prompt, seed } = fields;
  const { model, anyModel, warnings } = pickModel(models, kind, fields.model);
  const { resolution, aspectRatio, isExact } = readSize(size);
  const seconds = readSeconds(asked, model.seconds);
  if (asked !== undefined && seconds !== asked) {
    const message = `The model ${model.name} makes ${model.seconds.join(' or ')} seconds: the video lasts ${seconds}.`;
    warnings.push({ code: 'seconds-of-model', message });
  }
  if (!isExact) {
    warnings.push({
      code: 'size-nearest',
      message: `${size} is made as ${resolution}, ${aspectRatio} from words.`,
    });
  }
  return {
    kind,
    model: model.name,
    anyModel,
    credits: videoPrice(resolution, seconds),
    warnings,
    dialect: 'openai',
    ...(seed !== undefined && { seed }),
    input: {
      image,
      lastImage: '',
      prompt,
      negativePrompt: fields.negative_prompt ?? '',
      ...(kind === 'text-to-video' && { motion: { aspectRatio } }),
      extendPrompt: false,
      audio: 'ai',
      audioUrl: '',
      resolution,
      seconds,
      framesPerSecond: 24,
      premium: false,
      modelName: fields.model ?? '',
      webhookUrl: '',
    },
  };
}

const statuses = {
  queued: 'queued',
  processing: 'in_progress',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
  expired: 'completed',
} as const;

const landscape: Record<Resolution, string> = { '720p': '1280x720', '1080p': '1920x1080', '4k': '3840x2160' };

const seconds = (time: Date | undefined) => (time ? Math.floor(time.getTime() / 1000) : null);

/** A task as a video object. The warnings are ours. */
export function toVideo(task: Task) {
  const { id, state, error, input, progress } = task;
  const video = task.outputs.find(({ kind }) => kind === 'video');
  return {
    id: toVideoId(id),
    object: 'video' as const,
    model: task.model,
    status: error ? 'failed' : statuses[state],
    progress,
    created_at: seconds(task.createdAt)!,
    completed_at: state === 'completed' ? seconds(task.endedAt) : null,
    expires_at: seconds(task.expiresAt),
    prompt: input.prompt,
    seconds: String(input.seconds),
    size: video?.width && video.height ? `${video.width}x${video.height}` : landscape[input.resolution],
    error: error ? { code: error.code.replaceAll('-', '_'), message: error.message } : null,
    remixed_from_video_id: task.parentId === undefined ? null : toVideoId(task.parentId),
    warnings: task.warnings,
  };
}
