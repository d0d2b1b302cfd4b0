/**
 * The one door to FFmpeg's libraries. Only the low-level interface of node-av is used: the high-level one needs a
 * newer Node than the oldest that is supported.
 */
import { AV_LOG_QUIET, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { FFmpegError, Log } from 'node-av/lib';

// Messages of decoders quote the user's file; what matters comes back as an error code.
Log.setLevel(AV_LOG_QUIET);

/** Throws FFmpeg's own sentence when `code` is negative, else answers it. */
export function check(code: number, doing: string): number {
  FFmpegError.throwIfError(code, doing);
  return code;
}

/** True when a codec wants more input or has no more output: not an error. */
export function isDry(code: number): boolean {
  return code === AVERROR_EAGAIN || code === AVERROR_EOF;
}
