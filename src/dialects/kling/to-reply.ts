import type { Task, TaskOutput, TaskState } from '../../tasks/task.ts';

/** Kling's states. */
export type KlingStatus = 'submitted' | 'processing' | 'succeed' | 'failed';

/** Our states in Kling's words. A result that was removed counts as failed, with the reason. */
export const statuses: Record<TaskState, KlingStatus> = {
  queued: 'submitted',
  processing: 'processing',
  completed: 'succeed',
  failed: 'failed',
  cancelled: 'failed',
  expired: 'failed',
};

const EXPIRED = 'The result has expired and was removed.';

/** Seconds as Kling writes them: a text, to the millisecond. */
function durationText(seconds: number | undefined): string {
  return String(Number((seconds ?? 0).toFixed(3)));
}

/** What Kling's envelope holds. */
export function envelope(requestId: string, data: unknown) {
  return { code: 0, message: 'SUCCEED', request_id: requestId, data };
}

/** The answer to a creation. */
export function toCreateReply(task: Task) {
  return {
    task_id: task.number,
    task_status: statuses[task.state],
    task_info: { external_task_id: task.externalId ?? '' },
    created_at: task.createdAt.getTime(),
    updated_at: task.updatedAt.getTime(),
  };
}

/** The video that got sound, as far as it is known. */
function parentVideo({ parentId, input, outputs }: Task) {
  if (!input.video) return {};
  const { url, durationSeconds } = input.video;
  const measured = outputs.find(({ kind }) => kind === 'video')?.durationSeconds;
  const duration = durationText(durationSeconds || measured);
  return { parent_video: { id: parentId ?? '', url, duration } };
}

function resultOf({ id, outputs, kind }: Task) {
  const videos = outputs.filter((output) => output.kind === 'video');
  const sound = (contentType: string): TaskOutput | undefined =>
    outputs.find((output) => output.kind === 'audio' && output.contentType === contentType);
  const [mp3, wav] = [sound('audio/mpeg'), sound('audio/wav')];
  return {
    videos: videos.map(({ url, durationSeconds }) => ({ id, url, duration: durationText(durationSeconds) })),
    ...(kind === 'video-to-audio' && {
      audios:
        mp3 && wav
          ? [
              {
                id,
                url_mp3: mp3.url,
                url_wav: wav.url,
                duration_mp3: durationText(mp3.durationSeconds),
                duration_wav: durationText(wav.durationSeconds),
              },
            ]
          : [],
    }),
  };
}

/** A task as Kling's queries and callbacks show it: the published fields, and our warnings. */
export function toTaskReply(task: Task) {
  const status = statuses[task.state];
  return {
    ...toCreateReply(task),
    task_status_msg: status === 'failed' ? (task.error?.message ?? EXPIRED) : '',
    task_info: { external_task_id: task.externalId ?? '', ...parentVideo(task) },
    // What was really deducted: a task that did not succeed is refunded.
    final_unit_deduction: String(
      task.state === 'completed' || (task.state === 'expired' && !task.error) ? task.credits : 0,
    ),
    ...(status === 'succeed' && { task_result: resultOf(task) }),
    warnings: task.warnings,
  };
}

/** A callback's body: the bare task as it was when it changed, not wrapped in anything. */
export function toCallback(task: Task, state: TaskState, at: Date) {
  const { error, outputs, ...rest } = task;
  const isSuccess = state === 'completed';
  return toTaskReply({
    ...rest,
    state,
    updatedAt: at,
    error: statuses[state] === 'failed' ? error : undefined,
    outputs: isSuccess ? outputs : [],
  });
}
