import type { TaskState } from '../../tasks/task.ts';

/** 1 queueing, 2 processing, 3 completed, 4 failed. */
export type AkoolStatus = 1 | 2 | 3 | 4;

/** Our states in Akool's numbers. */
export const statusNumbers: Record<TaskState, AkoolStatus> = {
  queued: 1,
  processing: 2,
  completed: 3,
  failed: 4,
  cancelled: 4,
  // After rendering; one that never ran carries an error.
  expired: 3,
};
