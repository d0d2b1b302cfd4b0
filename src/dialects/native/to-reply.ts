import type { KeySummary } from '../../credits/administer.ts';
import type { PlanName } from '../../credits/plans.ts';
import { limitsOf } from '../../credits/plans.ts';
import { standardPrices } from '../../credits/prices.ts';
import type { EngineModel, WorkPlan } from '../../engines/engine.ts';
import type { Task, TaskInput } from '../../tasks/task.ts';
import type { Upload } from '../../tasks/uploads.ts';
import type { Delivery, DeliveryAttempt } from '../../webhooks/outbox.ts';

const iso = (time: Date | undefined | null): string | null => time?.toISOString() ?? null;

/** A URL that a caller can use; a file that came inside another dialect's request has none. */
const shownUrl = (url: string | undefined): string | null => (url && !url.startsWith('input:') ? url : null);

/** A plan with both its parts. */
export const showPlan = (plan: WorkPlan | undefined) =>
  plan ? { picture: plan.picture ?? null, sound: plan.sound ?? null } : null;

/** What was asked for, in the words of a creation: every field can be sent again. */
export function toInput(task: Pick<Task, 'kind' | 'input' | 'model' | 'parentId'>) {
  const { kind, input, model, parentId } = task;
  const isSound = kind === 'video-to-audio';
  return {
    image: isSound ? null : shownUrl(input.image),
    lastImage: isSound ? null : shownUrl(input.lastImage),
    video: isSound ? (parentId ?? shownUrl(input.video?.url)) : null,
    prompt: input.prompt,
    negativePrompt: input.negativePrompt,
    soundPrompt: input.soundPrompt ?? '',
    musicPrompt: input.musicPrompt ?? '',
    audio: audioOf(input),
    originalAudio: isSound ? (input.sound?.original ?? ('replace' as const)) : null,
    resolution: isSound ? null : input.resolution,
    aspectRatio: kind === 'text-to-video' ? (input.motion?.aspectRatio ?? ('16:9' as const)) : null,
    seconds: isSound ? null : input.seconds,
    fps: isSound ? null : input.framesPerSecond,
    effect: input.effect ?? null,
    model,
    extendPrompt: input.extendPrompt,
    premium: input.premium,
    webhookUrl: input.webhookUrl || null,
    webhookEvents: input.webhookUrl ? (input.webhookEvents ?? ('all' as const)) : null,
    plan: showPlan(input.plan),
  };
}

function audioOf({ audio, audioUrl }: TaskInput): string {
  return audio === 'file' ? (shownUrl(audioUrl) ?? '') : audio;
}

/** Below this progress, in percent, nothing can be said about the rest. */
const LEAST_PROGRESS = 5;

/** How long the rest takes at the pace so far, in seconds; null unless it is processing. */
function etaOf({ state, progress, startedAt }: Task, now: Date): number | null {
  if (state !== 'processing' || !startedAt || progress < LEAST_PROGRESS) return null;
  const elapsed = (now.getTime() - startedAt.getTime()) / 1000;
  return Math.max(1, Math.round((elapsed * (100 - progress)) / progress));
}

/** A task as the native API shows it. */
export function toTaskReply(task: Task, now: Date) {
  return {
    id: task.id,
    number: task.number,
    kind: task.kind,
    state: task.state,
    progress: task.progress,
    stage: task.stage ?? null,
    queuePosition: task.queuePosition ?? null,
    etaSeconds: etaOf(task, now),
    input: toInput(task),
    seed: task.seed,
    engine: task.engine,
    model: task.model,
    credits: task.credits,
    warnings: task.warnings,
    error: task.error ?? null,
    plan: showPlan(task.plan),
    outputs: task.outputs.map(({ width, height, durationSeconds, ...output }) => ({
      ...output,
      width: width ?? null,
      height: height ?? null,
      durationSeconds: durationSeconds ?? null,
    })),
    batch: task.batch ?? null,
    parentId: task.parentId ?? null,
    dialect: task.dialect,
    externalId: task.externalId ?? null,
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
    startedAt: iso(task.startedAt),
    endedAt: iso(task.endedAt),
    expiresAt: iso(task.expiresAt),
  };
}

/** An upload as the native API shows it. */
export function toUploadReply({ width, height, durationSeconds, expiresAt, ...upload }: Upload) {
  return {
    ...upload,
    width: width ?? null,
    height: height ?? null,
    durationSeconds: durationSeconds ?? null,
    expiresAt: expiresAt.toISOString(),
  };
}

/** A model as the native API shows it. */
export function toModelReply(engine: string, model: EngineModel) {
  const {
    name,
    title = name,
    kinds,
    resolutions,
    seconds,
    lastFrame,
    needsLastFrame = false,
    quality,
  } = model;
  const { licence = null, prices = {} } = model;
  const shape = { kinds, resolutions, seconds, lastFrame, needsLastFrame, quality };
  return { name, title, engine, ...shape, licence, prices: { ...standardPrices, ...prices } };
}

/** What a plan allows. */
export function toLimits(plan: PlanName, tasksAtOnce: Record<PlanName, number>) {
  const { seconds, premium } = limitsOf(plan);
  return { tasksAtOnce: tasksAtOnce[plan], seconds, premium };
}

/** A key without its secret. */
export function toKeyReply({ clientId, name, createdAt, revokedAt }: KeySummary) {
  return { clientId, name, createdAt: createdAt.toISOString(), revokedAt: iso(revokedAt) };
}

/** A callback with what became of it. */
export function toDeliveryReply(delivery: Delivery & { log: DeliveryAttempt[] }) {
  return {
    id: String(delivery.id),
    taskId: delivery.task_id,
    url: delivery.url,
    event: `task.${delivery.task_state}`,
    dialect: delivery.dialect,
    state: delivery.state,
    attempts: delivery.log.map(({ attempt, at, status, problem, milliseconds }) => ({
      attempt,
      // Out of a JSON column it is a text.
      at: new Date(at).toISOString(),
      status,
      problem,
      milliseconds,
    })),
    nextAttemptAt: delivery.state === 'pending' ? delivery.next_at.toISOString() : null,
    createdAt: delivery.created_at.toISOString(),
  };
}
