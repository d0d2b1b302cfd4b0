/**
 * Every error that a caller can meet: a stable code, an HTTP status and what it means. A dialect maps the code to
 * its vendor's own number; the sentence that the caller reads is written where the error is thrown, and says what
 * was wrong, the limit, and what to do.
 */
export const errorTable = {
  'invalid-request': { status: 400, retryable: false, meaning: 'The request cannot be read.' },
  'invalid-field': { status: 400, retryable: false, meaning: 'A field is missing or out of range.' },
  unauthenticated: { status: 401, retryable: false, meaning: 'No credentials were sent.' },
  'invalid-key': { status: 401, retryable: false, meaning: 'The API key is not known.' },
  'invalid-token': { status: 401, retryable: false, meaning: 'The token does not verify or has expired.' },
  'token-not-yet-valid': { status: 401, retryable: false, meaning: 'The token is valid only later.' },
  'token-expired': { status: 401, retryable: false, meaning: 'The token is valid no more.' },
  'plan-too-small': { status: 403, retryable: false, meaning: 'The account’s plan does not include this.' },
  'account-suspended': { status: 403, retryable: false, meaning: 'The account is suspended.' },
  'insufficient-credits': { status: 402, retryable: false, meaning: 'The balance does not cover the price.' },
  'not-found': { status: 404, retryable: false, meaning: 'There is no such thing in this account.' },
  'invalid-method': { status: 405, retryable: false, meaning: 'The path exists, but not for this method.' },
  conflict: { status: 409, retryable: false, meaning: 'The thing is not in a state that allows this.' },
  'too-many-requests': { status: 429, retryable: true, meaning: 'Too many requests, or the queue is full.' },
  'content-refused': { status: 400, retryable: false, meaning: 'The operator’s policy refuses this.' },
  'address-refused': {
    status: 400,
    retryable: false,
    meaning: 'The URL points where this server does not go.',
  },
  'storage-full': { status: 507, retryable: true, meaning: 'The account’s uploads take all its room.' },
  'storage-unavailable': { status: 503, retryable: true, meaning: 'Files cannot be kept or read now.' },
  'database-unavailable': { status: 503, retryable: true, meaning: 'The database cannot be reached now.' },
  'fetch-failed': { status: 422, retryable: false, meaning: 'The URL could not be fetched.' },
  'too-large': { status: 413, retryable: false, meaning: 'More bytes, pixels or seconds than allowed.' },
  'picture-unreadable': {
    status: 422,
    retryable: false,
    meaning: 'The bytes are not a picture that can be read.',
  },
  'audio-unreadable': { status: 422, retryable: false, meaning: 'The bytes are not audio that can be read.' },
  'video-unreadable': {
    status: 422,
    retryable: false,
    meaning: 'The bytes are not a video that can be read.',
  },
  'engine-failed': { status: 500, retryable: true, meaning: 'The engine could not finish the work.' },
  'engine-unavailable': {
    status: 503,
    retryable: true,
    meaning: 'The engine that has the model cannot be reached.',
  },
  'engine-lost': { status: 500, retryable: true, meaning: 'The engine stopped while it worked.' },
  'deadline-exceeded': { status: 504, retryable: false, meaning: 'The work took longer than allowed.' },
  cancelled: { status: 409, retryable: false, meaning: 'The work was cancelled.' },
  maintenance: { status: 503, retryable: true, meaning: 'The server is being maintained.' },
  configuration: { status: 500, retryable: false, meaning: 'The server is configured wrongly.' },
  internal: { status: 500, retryable: true, meaning: 'A defect in the server.' },
} as const satisfies Record<string, { status: number; retryable: boolean; meaning: string }>;

/** A stable error code; see {@link errorTable}. */
export type ErrorCode = keyof typeof errorTable;

/** A field that is wrong, and a sentence that says why. */
export interface FieldProblem {
  field: string;
  message: string;
}

/** An error that may be shown to the caller as it is. Anything else that is thrown is a defect: `internal`. */
export class StillroarError extends Error {
  readonly code: ErrorCode;
  /** The request field that is at fault, in the caller's own spelling. */
  readonly field: string | undefined;
  /** Everything that is wrong, where more than one field is at fault. */
  readonly problems: readonly FieldProblem[];
  /** Seconds after which a retry makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: {
      field?: string;
      problems?: readonly FieldProblem[];
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'StillroarError';
    this.code = code;
    this.field = details.field;
    this.problems = details.problems ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  /** The HTTP status for callers whose dialect speaks in statuses. */
  get status(): number {
    return errorTable[this.code].status;
  }
}

/** The error itself if it may be shown, else an `internal` one that hides what happened and keeps it as the cause. */
export function toStillroarError(error: unknown): StillroarError {
  if (error instanceof StillroarError) return error;
  return new StillroarError('internal', 'Something went wrong in the server. The log has the details.', {
    cause: error,
  });
}
