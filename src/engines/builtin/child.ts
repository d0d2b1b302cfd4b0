/**
 * A render child: decodes what strangers sent and does the heavy work, one job after another, told over IPC. Whatever
 * it does, the server lives on.
 */
import { toStillroarError } from '../../errors.ts';
import { addSound } from './add-sound.ts';
import { makeClip, type Report } from './clip.ts';
import type { ChildJob, ChildMessage } from './messages.ts';

const tell = (message: ChildMessage) => process.send?.(message);

process.on('message', async ({ input, depthModel }: ChildJob) => {
  try {
    const report: Report = (progress, stage, preview) => tell({ type: 'progress', progress, stage, preview });
    const make = input.kind === 'video-to-audio' ? addSound : makeClip;
    tell({ type: 'completed', clip: await make(input, report, new AbortController().signal, depthModel) });
  } catch (error) {
    const known = toStillroarError(error);
    const cause = known.cause instanceof Error ? (known.cause.stack ?? known.cause.message) : '';
    tell({
      type: 'failed',
      code: known.code === 'internal' ? 'engine-failed' : known.code,
      reason:
        known.code === 'internal' ? 'The video could not be made: a defect in the engine.' : known.message,
      detail: cause,
    });
  }
});

// Without its parent nobody would ever tell it to end. Ctrl+C reaches the whole group; the parent decides.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
tell({ type: 'ready' });
