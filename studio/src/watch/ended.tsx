import type { Task } from '../api/types.ts';
import { localUrl } from '../media/local-url.ts';
import { text } from '../text/index.ts';
import { TaskActions } from './task-actions.tsx';

/** A task without a result: why, what became of its price, and how to go on. */
export function Ended({ task }: { task: Task }) {
  const picture = localUrl(task.input.image);
  const isExpired = task.state === 'expired';
  const title = isExpired
    ? text.watch.expiredTitle
    : task.state === 'cancelled'
      ? text.watch.cancelledTitle
      : text.watch.failedTitle;
  return (
    <div>
      <div className="relative grid min-h-72 place-items-center overflow-hidden rounded-2xl bg-sunken sm:aspect-video">
        {picture && (
          <img
            src={picture}
            alt=""
            className="absolute inset-0 size-full object-cover opacity-40 grayscale"
          />
        )}
        <div className="relative max-w-md rounded-2xl bg-raised/90 px-8 py-7 text-center">
          <h2 className="text-2xl">{title}</h2>
          <p className="mt-2">
            {task.error ? text.failure.said(task.error.code, task.error.message) : text.watch.expiredAbout}
          </p>
          {task.error && <p className="mt-2 text-sm text-quiet">{text.watch.refunded(task.credits)}</p>}
        </div>
      </div>
      <TaskActions task={task} />
    </div>
  );
}
