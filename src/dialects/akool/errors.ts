import type { ErrorCode, StillroarError } from '../../errors.ts';

/** Akool's published numbers for our errors; what is not listed is a defect of ours. */
const codes: Partial<Record<ErrorCode, number>> = {
  'invalid-request': 1003,
  'invalid-field': 1003,
  'content-refused': 1003,
  'address-refused': 1003,
  'too-large': 1003,
  'not-found': 1003,
  conflict: 1003,
  'too-many-requests': 1005,
  'insufficient-credits': 1006,
  'invalid-token': 1101,
  unauthenticated: 1102,
  'plan-too-small': 1104,
  'invalid-key': 1109,
  'account-suspended': 1200,
};

/** Errors that have no page of their own in Akool's list and so keep their HTTP status. */
const statuses: Partial<Record<ErrorCode, number>> = { 'not-found': 404, 'too-large': 413 };

/** What our fields are called here. */
const fieldNames: Record<string, string> = {
  image: 'image_url',
  lastImage: 'last_image_url',
  model: 'model_name',
  video: 'pre_video_id',
  audioUrl: 'audio_url',
  webhookUrl: 'webhookurl',
  seconds: 'video_length',
  premium: 'is_premium_model',
};

/** An error as Akool's clients read it. */
export interface ErrorBody {
  code: number;
  msg: string;
  /** On every status but 200. */
  message?: string;
}

/** Akool's errors travel in `code` with HTTP 200; its demo reads `msg` there and `message` on any other status. */
export function errorReply(error: StillroarError): { status: number; body: ErrorBody } {
  const field = error.field && (fieldNames[error.field] ?? error.field);
  const message = field && !error.message.includes(field) ? `${field}: ${error.message}` : error.message;
  const code = codes[error.code];
  const status = code === undefined ? error.status : (statuses[error.code] ?? 200);
  if (code !== undefined && status === 200) return { status, body: { code, msg: message } };
  return { status, body: { code: code ?? status, msg: message, message } };
}
