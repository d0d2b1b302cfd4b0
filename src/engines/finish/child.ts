/** A process for one {@link FitJob} or {@link ResampleJob}, told over IPC: what other machines made is decoded here. */
import { toStillroarError } from '../../errors.ts';
import type { FinisherAnswer } from './finisher.ts';
import { type FitJob, fitVideo, type ResampleJob, resampleVideo } from './work.ts';

process.on('message', async (job: FitJob | ResampleJob) => {
  let answer: FinisherAnswer;
  try {
    if (job.do === 'fit') answer = { result: await fitVideo(job) };
    else {
      await resampleVideo(job);
      answer = { result: null };
    }
  } catch (error) {
    const { code, message, cause } = toStillroarError(error);
    answer = { code, message, detail: cause instanceof Error ? (cause.stack ?? '') : '' };
  }
  process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
