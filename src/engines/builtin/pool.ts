import { type ChildProcess, fork } from 'node:child_process';
import { statSync } from 'node:fs';
import { compiledPath } from '../../compiled.ts';
import { watchChild } from '../../media/watch-child.ts';
import type { EngineStatus } from '../engine.ts';
import type { ChildJob, ChildMessage } from './messages.ts';

/** How long one job may take, in ms. A 10 s clip at 4k takes about a minute on two slow cores. */
const DEADLINE = 15 * 60_000;

/** More memory than this no job takes, a video at 4k included, in bytes; a video that gets sound lies in it as well. */
const MOST_MEMORY = 4_000_000_000;
/** How long a child may compute before it has read the headers of a video, in seconds. */
const READING = 8;
/** How long it may compute between two reports, in seconds. Watching a long video at 4k takes most. */
const SILENCE = 300;

/** One job on its way through the pool. */
export interface PoolJob extends ChildJob {
  status: EngineStatus;
  /** Called after every change of {@link status}. */
  changed: () => void;
  child?: ChildProcess;
}

/**
 * Render children: at most `size` jobs at once and at most one at 4k, whose memory would add up. A child stays warm
 * for the next job; one that crashes, is cancelled or overruns its deadline is replaced.
 */
export class RenderPool {
  private readonly waiting: PoolJob[] = [];
  private readonly running = new Set<PoolJob>();
  private readonly idle: ChildProcess[] = [];
  private readonly size: number;
  private closed = false;

  constructor(size: number) {
    this.size = size;
  }

  /** How many children there are, at work or warm. */
  get children(): number {
    return this.running.size + this.idle.length;
  }

  /** Starts a child before the first job needs it. */
  warm(): void {
    if (this.idle.length === 0 && !this.closed) this.idle.push(this.fork());
  }

  /** Queues a job; it begins as soon as a child is free. */
  submit(job: PoolJob): void {
    this.waiting.push(job);
    this.next();
  }

  /** Ends a job at once. What has ended stays as it is. */
  cancel(job: PoolJob): void {
    const index = this.waiting.indexOf(job);
    if (index >= 0) this.waiting.splice(index, 1);
    else if (!this.running.has(job)) return;
    this.settle(job, { state: 'failed', code: 'cancelled', reason: 'Cancelled.', retryable: false });
    job.child?.kill('SIGKILL');
  }

  /** Ends everything, children included. */
  close(): void {
    this.closed = true;
    for (const job of [...this.waiting, ...this.running]) this.cancel(job);
    for (const child of this.idle.splice(0)) child.kill('SIGKILL');
  }

  private fork(): ChildProcess {
    const child = fork(compiledPath('./child.ts', import.meta.url), {
      serialization: 'advanced',
      execArgv: [],
    });
    child.once('exit', () => {
      const index = this.idle.indexOf(child);
      if (index >= 0) this.idle.splice(index, 1);
    });
    return child;
  }

  private next(): void {
    if (this.closed || this.running.size >= this.size) return;
    const busyAt4k = [...this.running].some((job) => job.input.resolution === '4k');
    const index = this.waiting.findIndex((job) => !busyAt4k || job.input.resolution !== '4k');
    if (index < 0) return;
    const [job] = this.waiting.splice(index, 1);
    this.run(job!);
    this.next();
  }

  private run(job: PoolJob): void {
    const child = this.idle.pop() ?? this.fork();
    job.child = child;
    this.running.add(job);
    const deadline = setTimeout(() => {
      this.settle(job, {
        state: 'failed',
        code: 'deadline-exceeded',
        reason: `The video was not finished within ${DEADLINE / 60_000} minutes.`,
        retryable: false,
      });
      child.kill('SIGKILL');
    }, DEADLINE);
    const hasRead = () =>
      job.input.kind !== 'video-to-audio' || job.status.state !== 'running' || job.status.progress > 0;
    const { videoPath } = job.input;
    const inputBytes = (videoPath && statSync(videoPath, { throwIfNoEntry: false })?.size) || 0;
    const limits = { bytes: MOST_MEMORY + 3 * inputBytes, cpuSeconds: () => (hasRead() ? SILENCE : READING) };
    const watch =
      child.pid === undefined
        ? undefined
        : watchChild(child.pid, limits, (limit) => {
            this.settle(job, exceeded(limit, hasRead()));
            child.kill('SIGKILL');
          });
    const listen = (message: ChildMessage) => {
      watch?.heard();
      if (message.type === 'progress') {
        const { progress, stage } = message;
        const preview = message.preview ?? (job.status.state === 'running' ? job.status.preview : undefined);
        job.status = { state: 'running', progress, stage, ...(preview && { preview }) };
        job.changed();
      } else if (message.type === 'completed') {
        this.settle(job, { state: 'completed', ...message.clip });
        release(true);
      } else if (message.type === 'failed') {
        const { code, reason, detail } = message;
        this.settle(job, { state: 'failed', code, reason, detail, retryable: code === 'engine-failed' });
        release(true);
      }
    };
    const lost = () => {
      release(false);
      this.settle(job, {
        state: 'failed',
        code: 'engine-lost',
        reason: 'The process that made the video ended unexpectedly.',
        retryable: true,
      });
    };
    const release = (reusable: boolean) => {
      clearTimeout(deadline);
      watch?.stop();
      child.off('message', listen);
      child.off('exit', lost);
      this.running.delete(job);
      if (reusable && !this.closed) this.idle.push(child);
      this.next();
    };
    child.on('message', listen);
    child.once('exit', lost);
    const message: ChildJob = { input: job.input, depthModel: job.depthModel };
    child.send(message, (error) => {
      if (error) child.kill('SIGKILL');
    });
  }

  private settle(job: PoolJob, status: EngineStatus): void {
    if (job.status.state !== 'running') return;
    job.status = status;
    job.changed();
  }
}

/** How a job ends whose child was ended for what it used. The same input would do the same again. */
function exceeded(limit: 'memory' | 'time', hasRead: boolean): EngineStatus {
  if (limit === 'memory') {
    const reason = `The work took more than ${MOST_MEMORY / 1e9} GB of memory. Send a smaller or an intact file.`;
    return { state: 'failed', code: 'too-large', reason, retryable: false };
  }
  return hasRead
    ? {
        state: 'failed',
        code: 'deadline-exceeded',
        reason: `The work made no progress in ${SILENCE} seconds of computing.`,
        retryable: false,
      }
    : {
        state: 'failed',
        code: 'video-unreadable',
        reason: 'The file is damaged: reading it comes to no end.',
        retryable: false,
      };
}
