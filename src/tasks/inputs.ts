import { createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StillroarError } from '../errors.ts';
import type { Fetcher, FetchLimits } from '../net/fetch-file.ts';
import type { Links } from '../storage/links.ts';
import type { Storage } from '../storage/storage.ts';
import { checkMedia, type MediaKind } from './sniff.ts';
import type { VideoLimits } from './video-limits.ts';

/** How much a picture or a sound may be. */
export const inputLimits: Record<Exclude<MediaKind, 'video'>, FetchLimits> = {
  picture: { bytes: 50_000_000, milliseconds: 60_000 },
  audio: { bytes: 50_000_000, milliseconds: 60_000 },
};
/** How long the download of a video may take, in ms. */
const VIDEO_PATIENCE = 300_000;

/** Where inputs come from. */
export interface InputSources {
  fetcher: Fetcher;
  storage: Storage;
  links: Links;
  samplesDirectory: string;
  videoLimits: VideoLimits;
}

/**
 * Brings what a URL names into a local file and checks that it is what it is used as. Our own URLs are read from
 * storage and from the samples, without the network.
 * @throws StillroarError with a sentence for the caller
 */
export async function bringInput(
  sources: InputSources,
  url: string,
  kind: MediaKind,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const own = sources.links.resolve(url);
  if (!own) {
    const most =
      kind === 'video'
        ? { bytes: sources.videoLimits.bytes, milliseconds: VIDEO_PATIENCE }
        : inputLimits[kind];
    await sources.fetcher.fetchFile(url, path, most, signal);
  } else if (own.kind === 'sample') {
    await copyFile(join(sources.samplesDirectory, own.name), path).catch(() => {
      throw new StillroarError('fetch-failed', `There is no sample named ${own.name}.`);
    });
  } else if ((await sources.storage.size(own.key)) === undefined) {
    throw new StillroarError('fetch-failed', 'The file that the URL names is gone.');
  } else {
    await pipeline(sources.storage.open(own.key), createWriteStream(path, { flags: 'wx' }), { signal });
  }
  await checkMedia(path, kind);
}
