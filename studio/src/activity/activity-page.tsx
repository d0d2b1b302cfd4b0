import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../api/client.ts';
import { useTasks } from '../api/queries.ts';
import type { Task } from '../api/types.ts';
import { localUrl } from '../media/local-url.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failure, Nothing, PageHead } from '../parts/notice.tsx';
import { text } from '../text/index.ts';
import { titleOf } from '../watch/task-facts.ts';
import { Deliveries } from './deliveries.tsx';

/** What is under way, and what callers were told. */
export default function ActivityPage() {
  const { data, error } = useTasks({ state: 'unfinished', limit: 100 });
  const tasks = (data?.pages.flatMap(({ items }) => items) ?? []).filter(
    ({ state }) => state === 'queued' || state === 'processing',
  );
  const waiting = tasks.filter(({ state }) => state === 'queued');
  const clear = useMutation({
    mutationFn: () => Promise.all(waiting.map(({ id }) => call('POST', `tasks/${id}/cancel`))),
  });
  return (
    <>
      <PageHead title={text.activity.title}>
        {waiting.length > 0 && (
          <Button disabled={clear.isPending} onClick={() => clear.mutate()}>
            {text.activity.clear}
          </Button>
        )}
      </PageHead>
      <section aria-label={text.activity.queue}>
        <h2 className="eyebrow mb-3 font-sans">{text.activity.queue}</h2>
        {(error ?? clear.error) && <Failure error={error ?? clear.error} />}
        {data && tasks.length === 0 && (
          <Nothing title={text.activity.idle}>{text.activity.idleAbout}</Nothing>
        )}
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {tasks.toReversed().map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </ul>
      </section>
      <Deliveries />
    </>
  );
}

/** A task that has not ended. */
function Row({ task }: { task: Task }) {
  const cancel = useMutation({ mutationFn: () => call('POST', `tasks/${task.id}/cancel`) });
  const { state, stage, progress, queuePosition, etaSeconds } = task;
  const where =
    state === 'queued'
      ? queuePosition
        ? text.watch.position(queuePosition)
        : text.states.queued
      : [stage && text.stages[stage], `${progress} %`, etaSeconds && text.watch.eta(etaSeconds)]
          .filter(Boolean)
          .join(' · ');
  const picture = localUrl(task.input.image);
  return (
    <li className="card relative flex items-center gap-4 overflow-hidden p-2.5 pr-4">
      {picture ? (
        <img src={picture} alt="" className="h-14 w-20 rounded-lg object-cover" />
      ) : (
        <span className="grid h-14 w-20 place-items-center rounded-lg bg-sunken text-quiet">
          <Icon name={task.kind === 'video-to-audio' ? 'sound' : 'picture'} />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <Link
          href={`/task/${task.id}`}
          className="block truncate font-medium underline-offset-2 hover:underline"
        >
          {titleOf(task)}
        </Link>
        <p className="truncate text-sm text-quiet tabular-nums">{where}</p>
        {cancel.error && <Failure error={cancel.error} />}
      </div>
      <Button
        aria-label={`${text.watch.cancel}: ${titleOf(task)}`}
        disabled={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {text.watch.cancel}
      </Button>
      <span
        className="absolute bottom-0 left-0 h-0.5 bg-accent transition-[width] duration-500 motion-reduce:transition-none"
        style={{ width: `${progress}%` }}
      />
    </li>
  );
}
