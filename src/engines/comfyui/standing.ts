import { createHash } from 'node:crypto';
import type { Manifest } from './manifest.ts';
import type { ComfyTransport, HistoryEntry, ServerFile } from './transport.ts';

/** How a prompt stands on a server. */
export type Standing =
  /** Never submitted there, or forgotten: a restart empties the queue and the history. */
  | { state: 'unknown' }
  | { state: 'waiting' }
  | { state: 'running' }
  | { state: 'succeeded'; entry: HistoryEntry }
  | { state: 'interrupted' }
  | { state: 'failed'; isOutOfMemory: boolean; reason: string };

/**
 * The id of one of a task's prompts, a lower-case UUID. It is the same whoever computes it: before anything is submitted
 * again, the server is asked whether it has it already.
 * @param piece which part of the video it makes, from 0
 * @param trial how often the piece was submitted before
 */
export function promptIdOf(taskId: string, piece: number, trial: number): string {
  const hex = createHash('sha256').update(`stillroar ${taskId} ${piece} ${trial}`).digest('hex');
  // Version 8 (RFC 9562): made in a way of one's own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Asks a server how a prompt stands. */
export async function lookAt(
  transport: Pick<ComfyTransport, 'history' | 'queue'>,
  promptId: string,
  signal?: AbortSignal,
): Promise<Standing> {
  const entry = await transport.history(promptId, signal);
  if (entry) return readEntry(entry);
  const { running, pending } = await transport.queue(signal);
  if (running.includes(promptId)) return { state: 'running' };
  return { state: pending.includes(promptId) ? 'waiting' : 'unknown' };
}

function readEntry(entry: HistoryEntry): Standing {
  if (!entry.status || entry.status.status_str === 'success') return { state: 'succeeded', entry };
  // "error" stands for a failure and for an interruption: only the last message tells which.
  const [name, data = {}] = entry.status.messages.at(-1) ?? [];
  if (name === 'execution_interrupted') return { state: 'interrupted' };
  const { exception_type = '', exception_message = '', node_type = '' } = data as Record<string, unknown>;
  return {
    state: 'failed',
    isOutOfMemory: /OutOfMemoryError/.test(String(exception_type)),
    reason: `${node_type}: ${exception_type}: ${exception_message}`.slice(0, 500),
  };
}

const videoName = /\.(mp4|webm|mov|mkv)$/i;
const audioName = /\.(flac|wav|mp3|ogg|opus|m4a)$/i;

/** The file that a workflow has made, judged by its name; of a video that is made for its sound, the sound first. */
export function resultOf(
  { outputs, kind }: Pick<Manifest, 'outputs' | 'kind'>,
  entry: HistoryEntry,
): ServerFile | undefined {
  const files = outputs.flatMap((node) => entry.outputs[node] ?? []).filter(({ type }) => type === 'output');
  const wanted = kind === 'video-to-audio' ? [audioName, videoName] : [videoName];
  return wanted.map((name) => files.find(({ filename }) => name.test(filename))).find((file) => file);
}

/** Its content type by its name. */
export function contentTypeOf(fileName: string): string {
  const types: Record<string, string> = {
    mp4: 'video/mp4',
    webm: 'video/webm',
    mov: 'video/quicktime',
    mkv: 'video/x-matroska',
    flac: 'audio/flac',
    wav: 'audio/wav',
    mp3: 'audio/mpeg',
    m4a: 'audio/mp4',
  };
  return types[fileName.split('.').at(-1)!.toLowerCase()] ?? 'audio/ogg';
}
