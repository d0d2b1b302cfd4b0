import { errorTable, type StillroarError } from '../../errors.ts';

/** Problem details (RFC 9457), with our stable code and every field that is at fault. */
export interface Problem {
  /** Where the reference explains the code. */
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  errors: { field: string; message: string }[];
  requestId: string;
}

/** An error as problem details. */
export function toProblem(error: StillroarError, requestId: string): Problem {
  const { meaning, retryable } = errorTable[error.code];
  const single = error.field ? [{ field: error.field, message: error.message }] : [];
  return {
    type: `/docs#error-${error.code}`,
    title: meaning,
    status: error.status,
    detail: error.message,
    code: error.code,
    retryable,
    errors: error.problems.length > 0 ? [...error.problems] : single,
    requestId,
  };
}

/** An error in the native API's words. */
export function errorReply(error: StillroarError, requestId: string) {
  const body = toProblem(error, requestId);
  return { status: body.status, body, contentType: 'application/problem+json; charset=utf-8' };
}
