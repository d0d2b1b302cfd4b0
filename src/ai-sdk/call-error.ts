import { APICallError } from '@ai-sdk/provider';
import { RateLimitedError, StillroarError, TaskFailedError } from '../client/index.ts';

/**
 * Turns what the client throws into what the AI SDK knows. The client has repeated the request as often as makes sense,
 * under one key: the AI SDK is told not to, since under another key it would make the video twice.
 */
export function createCallError(baseURL: string): (error: unknown) => unknown {
  return (error) => {
    if (!(error instanceof StillroarError) || error instanceof TaskFailedError) return error;
    const { message, status, code, errors, requestId } = error;
    const pause = error instanceof RateLimitedError ? error.retryAfterSeconds : undefined;
    return new APICallError({
      message,
      url: baseURL,
      requestBodyValues: {},
      ...(status !== undefined && { statusCode: status }),
      responseHeaders: {
        ...(requestId !== undefined && { 'x-request-id': requestId }),
        ...(pause !== undefined && { 'retry-after': String(pause) }),
      },
      data: { code, errors: [...errors] },
      isRetryable: false,
      cause: error,
    });
  };
}
