import type { ErrorCode, StillroarError } from '../../errors.ts';
import { errorReply as klingReply } from '../kling/errors.ts';

/** The types that clients of OpenAI's know; what is not listed follows from the status. */
const types: Partial<Record<ErrorCode, string>> = {
  'insufficient-credits': 'insufficient_quota',
  'too-many-requests': 'rate_limit_error',
};

/** Our statuses that its clients take otherwise: they repeat what is answered with 409. */
const statuses: Partial<Record<ErrorCode, number>> = { 'insufficient-credits': 429, conflict: 400 };

const fieldNames: Record<string, string> = {
  image: 'input_reference',
  resolution: 'size',
  negativePrompt: 'negative_prompt',
};

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

/** An error as OpenAI's clients read it and, because its paths lie among Kling's, as Kling's do. */
export function errorReply(error: StillroarError, requestId: string) {
  const status = statuses[error.code] ?? error.status;
  return {
    status,
    body: {
      ...klingReply(error, requestId).body,
      error: {
        message: error.message,
        type: types[error.code] ?? typeOf(status),
        param: error.field === undefined ? null : (fieldNames[error.field] ?? error.field),
        code: error.code.replaceAll('-', '_'),
      },
    },
  };
}
