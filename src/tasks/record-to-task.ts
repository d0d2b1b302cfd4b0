import type { OutputRow } from '../database/schema.ts';
import type { Stage, TaskKind, Warning, WorkPlan } from '../engines/engine.ts';
import type { Links } from '../storage/links.ts';
import type { BatchPlace, Task, TaskInput, TaskOutput, TaskState } from './task.ts';
import type { TaskRecord } from './task-table.ts';

/** A task's row as its owner sees it; `queuePosition` is its place among those that wait. */
export function recordToTask(record: TaskRecord, links: Links, queuePosition?: number): Task {
  return {
    id: record.id,
    number: record.number,
    kind: record.kind as TaskKind,
    state: record.state as TaskState,
    progress: record.progress,
    stage: (record.stage as Stage | null) ?? undefined,
    queuePosition,
    input: record.input as TaskInput,
    seed: record.seed,
    engine: record.engine,
    model: record.model,
    credits: record.credits,
    warnings: record.warnings as Warning[],
    error: (record.error as Task['error'] | null) ?? undefined,
    plan: (record.plan as WorkPlan | null) ?? undefined,
    outputs: record.outputs.filter(isShown(record)).map((output) => ({
      kind: output.kind as TaskOutput['kind'],
      url: links.fileUrl(output.key),
      contentType: output.content_type,
      bytes: output.bytes,
      width: output.width ?? undefined,
      height: output.height ?? undefined,
      durationSeconds: output.duration_seconds ?? undefined,
    })),
    batch: (record.batch as BatchPlace | null) ?? undefined,
    parentId: record.parent_id ?? undefined,
    dialect: record.dialect,
    externalId: record.external_id ?? undefined,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
    startedAt: record.started_at ?? undefined,
    endedAt: record.ended_at ?? undefined,
    expiresAt: record.expires_at ?? undefined,
  };
}

/** Of previews only the newest is shown, and only of a run: others stay for a while for whoever has just heard of them. */
const isShown =
  ({ state, preview }: TaskRecord) =>
  ({ kind, key }: OutputRow): boolean =>
    kind !== 'preview' || (state === 'processing' && key === preview);
