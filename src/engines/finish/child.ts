/** A process for one {@link FinishJob}, told over IPC: what other machines made is decoded here. */
import { toStillroarError } from '../../errors.ts';
import type { FinisherAnswer } from './finisher.ts';
import { doFinishJob, type FinishJob } from './work.ts';

process.on('message', async (job: FinishJob) => {
  let answer: FinisherAnswer;
  try {
    answer = { result: await doFinishJob(job) };
  } catch (error) {
    const { code, message, cause } = toStillroarError(error);
    answer = { code, message, detail: cause instanceof Error ? (cause.stack ?? '') : '' };
  }
  process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
