import type { Task } from './types.ts';

/** What an answer that is no success says. */
export interface ProblemDetails {
  status: number;
  code: string;
  detail: string;
  retryable: boolean;
  errors: { field: string; message: string }[];
  requestId: string | undefined;
  retryAfterSeconds: number | undefined;
}

/** Everything that this client throws, apart from the reason of an aborted signal. */
export class StillroarError extends Error {
  /** Stable: `invalid-field`, `not-found`, `unreachable`; the server's reference at /docs lists them. */
  readonly code: string;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Every field that is at fault. */
  readonly errors: readonly { field: string; message: string }[];
  /** Names the request in the server's log. */
  readonly requestId: string | undefined;

  constructor(code: string, message: string, problem?: Partial<ProblemDetails>, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.status = problem?.status;
    this.errors = problem?.errors ?? [];
    this.requestId = problem?.requestId;
  }
}

/** The key is missing, wrong, revoked, or its account is suspended. */
export class AuthenticationError extends StillroarError {}

/** The balance does not cover the price. */
export class InsufficientCreditsError extends StillroarError {}

/** Too many tasks at a time, or the queue is full; it stayed so through all retries. */
export class RateLimitedError extends StillroarError {
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, message: string, problem: Partial<ProblemDetails>) {
    super(code, message, problem);
    this.retryAfterSeconds = problem.retryAfterSeconds;
  }
}

/** The task ended without a result. Its credits were given back. */
export class TaskFailedError extends StillroarError {
  readonly task: Task;

  constructor(task: Task) {
    const { state, error } = task;
    super(error?.code ?? state, error?.message ?? `The task is ${state}.`);
    this.task = task;
  }
}

/** The error of an answer. */
export function toError(problem: ProblemDetails): StillroarError {
  const { code, detail, status } = problem;
  if (status === 401 || code === 'account-suspended') return new AuthenticationError(code, detail, problem);
  if (code === 'insufficient-credits') return new InsufficientCreditsError(code, detail, problem);
  if (status === 429) return new RateLimitedError(code, detail, problem);
  return new StillroarError(code, detail, problem);
}
