import { StillroarError, toStillroarError } from '../errors.ts';
import { explainDatabaseAway } from '../tasks/database-away.ts';

/** What the HTTP server itself refuses, in words for the caller. */
const sentences: Record<string, readonly ['invalid-request' | 'too-large', string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'The body is empty; send a JSON object.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'invalid-request',
    'Send the body as JSON, with the header Content-Type: application/json.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'The body is not as long as Content-Length says.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'The body is larger than is accepted here.'],
};

/** Any error of a request as one that may be shown. */
export function toRequestError(error: unknown): StillroarError {
  const { code = '', statusCode = 500 } = error as { code?: string; statusCode?: number };
  const known = sentences[code];
  if (known) return new StillroarError(...known, { cause: error });
  const away = error instanceof StillroarError ? undefined : explainDatabaseAway(error);
  if (away) return away;
  if (error instanceof StillroarError || statusCode < 400 || statusCode >= 500)
    return toStillroarError(error);
  // Everything else that Fastify and its plug-ins refuse is the request's fault too.
  return statusCode === 403 || statusCode === 404
    ? new StillroarError('not-found', 'There is no such file.', { cause: error })
    : new StillroarError('invalid-request', 'The request cannot be read.', { cause: error });
}
