import { expect, test } from 'vitest';
import type { Task } from '../../tasks/task.ts';
import { callback } from './callback.ts';
import { toTaskReply } from './to-reply.ts';
import { toImageToVideoRequest } from './to-video-request.ts';
import { imageToVideoSchema } from './video-schema.ts';

const model = {
  name: 'fast',
  kinds: ['image-to-video'],
  resolutions: ['720p'],
  seconds: [5],
  lastFrame: true,
  quality: 'fast',
} as const;
const fields = imageToVideoSchema.parse({ image: 'https://example.org/a.jpg', external_task_id: 'mine' });
const request = toImageToVideoRequest(fields, [model]);

const output = { contentType: 'video/mp4', bytes: 1, width: 1, height: 1, durationSeconds: 5.0416 };
const task: Task = {
  ...request,
  batch: undefined,
  parentId: undefined,
  externalId: 'mine',
  id: '689174694b4dbdd4ab3d28c9',
  number: '7',
  state: 'completed',
  progress: 100,
  stage: undefined,
  queuePosition: undefined,
  seed: 1,
  engine: 'builtin',
  error: undefined,
  plan: undefined,
  outputs: [{ ...output, kind: 'video', url: 'https://a/v.mp4' }],
  createdAt: new Date(1000),
  updatedAt: new Date(2000),
  startedAt: undefined,
  endedAt: undefined,
  expiresAt: undefined,
};
const error = { code: 'cancelled', message: 'The task was cancelled.' } as const;

test.each([
  [{ state: 'queued', outputs: [] }, 'submitted', '', '0'],
  [{ state: 'processing', outputs: [] }, 'processing', '', '0'],
  [{ state: 'completed', outputs: task.outputs }, 'succeed', '', '20'],
  [{ state: 'failed', outputs: [], error }, 'failed', error.message, '0'],
  [{ state: 'cancelled', outputs: [], error }, 'failed', error.message, '0'],
  [{ state: 'expired', outputs: [], error }, 'failed', error.message, '0'],
  [{ state: 'expired', outputs: [] }, 'failed', 'The result has expired and was removed.', '20'],
] as const)('shows %j as %s', (changes, task_status, task_status_msg, final_unit_deduction) => {
  const reply = toTaskReply({ ...task, ...changes, outputs: [...changes.outputs] });
  expect(reply).toMatchObject({ task_id: '7', task_status, task_status_msg, final_unit_deduction });
  expect('task_result' in reply).toBe(task_status === 'succeed');
});

test('writes lengths as texts', () => {
  expect(toTaskReply(task).task_result).toEqual({
    videos: [{ id: task.id, url: 'https://a/v.mp4', duration: '5.042' }],
  });
});

test('a model that can end on a picture gets it', () => {
  const both = imageToVideoSchema.parse({ image: 'https://a/1.jpg', image_tail: 'https://a/2.jpg' });
  const { input, warnings } = toImageToVideoRequest(both, [model]);
  expect(input).toMatchObject({ image: 'https://a/1.jpg', lastImage: 'https://a/2.jpg' });
  expect(warnings.map(({ code }) => code)).toEqual(['model-alias']);
});

test('a callback tells of the change, whatever has happened since', () => {
  const news = { taskId: task.id, videoUrl: '', at: new Date(1500), task };
  const early = JSON.parse(callback({ ...news, state: 'processing' }));
  expect(early).toMatchObject({ task_status: 'processing', updated_at: 1500, task_status_msg: '' });
  expect(early.task_result).toBeUndefined();
  const deleted = JSON.parse(callback({ ...news, state: 'completed', task: undefined }));
  expect(deleted).toEqual({ task_id: task.id, task_status: 'succeed', updated_at: 1500 });
});
