import type { ErrorCode } from '../../errors.ts';
import type { EngineInput, Preview, Stage } from '../engine.ts';
import type { Clip } from './clip.ts';

/** What a render child is told. It does one job at a time; to end one early, end the child. */
export interface ChildJob {
  input: EngineInput;
  /** Path of the operator's depth model. */
  depthModel: string | undefined;
}

/** What a render child answers. */
export type ChildMessage =
  | { type: 'ready' }
  | { type: 'progress'; progress: number; stage: Stage; preview?: Preview | undefined }
  | { type: 'completed'; clip: Clip }
  | { type: 'failed'; code: ErrorCode; reason: string; detail: string };
