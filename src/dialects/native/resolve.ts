import type { Account } from '../../credits/accounts.ts';
import { StillroarError } from '../../errors.ts';
import type { MediaKind } from '../../tasks/sniff.ts';
import type { Task } from '../../tasks/task.ts';
import type { Upload } from '../../tasks/uploads.ts';
import { readDataUrl } from '../data-url.ts';
import type { DialectServices } from '../dialect.ts';
import type { CreateFields } from './schema.ts';

/** What the fields of a request that name files stand for. Absent ones are empty. */
export interface ResolvedFiles {
  image: string;
  lastImage: string;
  /** URL of the caller's own sound; empty for `ai` and `none`. */
  audio: string;
  /** The video that gets sound: one of ours with its task, or any other by its URL. */
  video: { task: Task } | { url: string; durationSeconds: number | undefined } | undefined;
}

const words: Record<MediaKind, string> = { picture: 'a picture', audio: 'a sound', video: 'a video' };

/**
 * Finds what the fields name: URLs, ids of uploads and tasks, and `data:` URLs, whose bytes become uploads.
 * @param keep false for an estimate, which keeps nothing: `data:` URLs count as a file that will do
 * @throws StillroarError `invalid-field` for what is none of them or of the wrong kind, and what an upload refuses
 */
export async function resolveFiles(
  fields: Pick<CreateFields, 'image' | 'lastImage' | 'audio' | 'video'>,
  account: Account,
  { uploads, tasks }: Pick<DialectServices, 'uploads' | 'tasks'>,
  keep: boolean,
): Promise<ResolvedFiles> {
  async function find(
    value: string,
    field: string,
    kind: MediaKind,
  ): Promise<Partial<Upload> & { url: string }> {
    if (/^data:/i.test(value)) {
      const bytes = readData(value, field);
      return keep ? checkKind(await uploads.receive(account, [bytes]), field, kind) : { url: '' };
    }
    const upload = await uploads.find(account, value);
    if (upload) return checkKind(upload, field, kind);
    if (/^[a-z][\w+.-]*:/i.test(value)) return { url: value };
    throw new StillroarError(
      'invalid-field',
      `${field} must be a URL, the id of an upload, or ${words[kind]} as a data: URL; there is no upload ${value.slice(0, 60)}.`,
      { field },
    );
  }

  async function findVideo(value: string): Promise<ResolvedFiles['video']> {
    const task = /^[0-9a-f]{24}$|^\d{1,18}$/.test(value) ? await tasks.findOne(account, value) : undefined;
    if (task) return { task };
    const { url, durationSeconds } = await find(value, 'video', 'video');
    return { url, durationSeconds };
  }

  const { image, lastImage, audio = 'ai', video } = fields;
  return {
    image: image ? (await find(image, 'image', 'picture')).url : '',
    lastImage: lastImage ? (await find(lastImage, 'lastImage', 'picture')).url : '',
    audio: audio === 'ai' || audio === 'none' ? '' : (await find(audio, 'audio', 'audio')).url,
    video: video ? await findVideo(video) : undefined,
  };
}

/** A video's sound will do where a sound is wanted. */
function checkKind(upload: Upload, field: string, wanted: MediaKind): Upload {
  if (upload.kind === wanted || (wanted === 'audio' && upload.kind === 'video')) return upload;
  throw new StillroarError(
    'invalid-field',
    `${field} must be ${words[wanted]}; this is ${words[upload.kind]}.`,
    {
      field,
    },
  );
}

function readData(url: string, field: string): Uint8Array {
  const bytes = readDataUrl(url);
  if (bytes) return bytes;
  throw new StillroarError(
    'invalid-field',
    `${field} must be a data: URL in base64: "data:image/jpeg;base64,…".`,
    {
      field,
    },
  );
}
