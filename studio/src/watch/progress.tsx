import { useMutation } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import type { Task } from '../api/types.ts';
import { localUrl } from '../media/local-url.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/notice.tsx';
import { text } from '../text/index.ts';
import { outputOf } from './task-facts.ts';

/** What a task does now, over the picture that it is made from. */
export function Progress({ task }: { task: Task }) {
  const cancel = useMutation({ mutationFn: () => call('POST', `tasks/${task.id}/cancel`) });
  const picture = localUrl(outputOf(task, 'preview')?.url ?? task.input.image);
  const { state, stage, progress, queuePosition, etaSeconds } = task;
  const now =
    state === 'queued'
      ? queuePosition
        ? text.watch.position(queuePosition)
        : text.states.queued
      : stage
        ? text.stages[stage]
        : text.states.processing;
  return (
    <div className="relative grid min-h-72 place-items-center overflow-hidden rounded-2xl bg-shade sm:aspect-video">
      {picture && (
        <img src={picture} alt="" className="breathe absolute inset-0 size-full object-cover opacity-60" />
      )}
      <div className="relative m-6 w-full max-w-sm rounded-2xl bg-shade/80 px-6 py-5 text-white backdrop-blur-sm">
        <div className="flex items-baseline justify-between gap-3">
          <p className="font-serif text-lg">{now}</p>
          <p className="tabular-nums">{state === 'processing' ? `${progress} %` : ''}</p>
        </div>
        <div
          role="progressbar"
          aria-label={now}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={progress}
          className="mt-3 h-1.5 overflow-hidden rounded-full bg-white/20"
        >
          <div
            className="h-full rounded-full bg-white transition-[width] duration-500 motion-reduce:transition-none"
            style={{ width: `${progress}%` }}
          />
        </div>
        <div className="mt-3 flex items-center justify-between gap-3 text-sm text-white/85">
          <span>{etaSeconds ? text.watch.eta(etaSeconds) : ''}</span>
          <Button
            look="quiet"
            className="text-white! hover:bg-white/15!"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {text.watch.cancel}
          </Button>
        </div>
        {cancel.error && <Failure error={cancel.error} />}
      </div>
    </div>
  );
}
