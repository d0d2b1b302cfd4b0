/**
 * A process that reads the headers of files from strangers, one after another, told over IPC. What it cannot read, or
 * hangs on, does not touch the server.
 */
import { readFile } from 'node:fs/promises';
import { StillroarError, toStillroarError } from '../errors.ts';
import { openPicture } from './decode-picture.ts';
import type { MeasureAnswer, MeasureJob, MediaMeasure } from './measure-file.ts';
import { probeMedia } from './probe.ts';

/** A picture is decoded at this size to see whether it is whole, in pixels. */
const DECODED_SIDE = 64;

async function measure({ path, kind }: MeasureJob): Promise<MediaMeasure> {
  const bytes = await readFile(path);
  if (kind === 'picture') {
    const picture = await openPicture(bytes);
    const { width, height } = picture;
    // A header may promise what the file does not hold.
    await picture.decode({ width: DECODED_SIDE, height: DECODED_SIDE });
    return { width, height, durationSeconds: undefined };
  }
  const unreadable = (cause?: unknown) =>
    kind === 'video'
      ? new StillroarError('video-unreadable', 'The file is no complete video with a picture track.', {
          cause,
        })
      : new StillroarError('audio-unreadable', 'The file is no complete recording with a sound track.', {
          cause,
        });
  const { video, audio } = await probeMedia(bytes).catch((cause) => {
    throw unreadable(cause);
  });
  const track = kind === 'video' ? video : audio;
  if (!track || !(track.durationSeconds > 0)) throw unreadable();
  return {
    width: video?.width,
    height: video?.height,
    durationSeconds: track.durationSeconds,
  };
}

process.on('message', async (job: MeasureJob) => {
  let answer: MeasureAnswer;
  try {
    answer = { id: job.id, measure: await measure(job) };
  } catch (error) {
    const { code, message } = toStillroarError(error);
    answer = { id: job.id, code, message };
  }
  process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
