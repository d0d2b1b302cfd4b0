import type { ErrorCode, StillroarError } from '../../errors.ts';

/** Kling's published statuses and numbers for our errors; what is not listed is a defect of ours: 500 / 5000. */
const numbers: Partial<Record<ErrorCode, readonly [status: number, code: number]>> = {
  'invalid-token': [401, 1000],
  unauthenticated: [401, 1001],
  'invalid-key': [401, 1002],
  'token-not-yet-valid': [401, 1003],
  'token-expired': [401, 1004],
  'account-suspended': [429, 1100],
  'insufficient-credits': [429, 1102],
  'plan-too-small': [403, 1103],
  'invalid-request': [400, 1200],
  'invalid-field': [400, 1201],
  'content-refused': [400, 1301],
  'address-refused': [400, 1201],
  'too-large': [400, 1201],
  'picture-unreadable': [400, 1201],
  conflict: [400, 1201],
  'invalid-method': [404, 1202],
  'not-found': [404, 1203],
  'too-many-requests': [429, 1303],
  maintenance: [503, 5001],
  'database-unavailable': [503, 5001],
  'storage-unavailable': [503, 5001],
  'deadline-exceeded': [504, 5002],
};

const defect = [500, 5000] as const;

/** The published sentence; clients know it. */
const OVER_LIMIT = 'parallel task over resource pack limit';

/** What our fields are called here. */
const fieldNames: Record<string, string> = {
  lastImage: 'image_tail',
  model: 'model_name',
  video: 'video_url',
  webhookUrl: 'callback_url',
  externalId: 'external_task_id',
  seconds: 'duration',
  resolution: 'mode',
};

/** An error as Kling's clients read it: the HTTP status is real, the number stands in the body. */
export interface ErrorBody {
  code: number;
  message: string;
  request_id: string;
}

/** An error in Kling's envelope. */
export function errorReply(error: StillroarError, requestId: string): { status: number; body: ErrorBody } {
  const [status, code] = numbers[error.code] ?? defect;
  const field = error.field && (fieldNames[error.field] ?? error.field);
  const sentence = field && !error.message.includes(field) ? `${field}: ${error.message}` : error.message;
  const message = error.code === 'too-many-requests' ? OVER_LIMIT : sentence;
  return { status, body: { code, message, request_id: requestId } };
}
