import { z } from 'zod';
import type { Preview } from '../engine.ts';

/** Said once on a socket: a server that understands it says with each preview which prompt it is of. */
export const previewGreeting = JSON.stringify({
  type: 'feature_flags',
  data: { supports_preview_metadata: true },
});

/** What the first four bytes of a binary message say (`BinaryEventTypes` in ComfyUI's `protocol.py`). */
const PREVIEW_IMAGE = 1;
const PREVIEW_IMAGE_WITH_METADATA = 4;

/** A larger one is no preview: ComfyUI's are at most 512 pixels wide. */
const MOST_BYTES = 1_000_000;

const metadata = z.object({ prompt_id: z.string() });

/**
 * Reads a socket's binary message; undefined when it holds no JPEG or PNG. An older server does not say which prompt it is
 * of: it sends it to whoever submitted the one that runs.
 */
export function readPreview(message: Buffer): { promptId: string | undefined; preview: Preview } | undefined {
  if (message.length < 8 || message.length > MOST_BYTES) return undefined;
  const type = message.readUInt32BE(0);
  if (type === PREVIEW_IMAGE) return withPicture(message.subarray(8), undefined);
  if (type !== PREVIEW_IMAGE_WITH_METADATA) return undefined;
  const end = 8 + message.readUInt32BE(4);
  const said = metadata.safeParse(safeJson(message.subarray(8, end))).data;
  return said && withPicture(message.subarray(end), said.prompt_id);
}

function withPicture(bytes: Buffer, promptId: string | undefined): ReturnType<typeof readPreview> {
  const head = bytes.subarray(0, 8).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return { promptId, preview: { bytes, contentType: 'image/jpeg' } };
  if (head === '\x89PNG\r\n\x1a\n') return { promptId, preview: { bytes, contentType: 'image/png' } };
  return undefined;
}

function safeJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
