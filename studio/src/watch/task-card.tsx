import { Link } from 'wouter';
import { isEnded } from '../api/task-cache.ts';
import type { Task } from '../api/types.ts';
import { localUrl } from '../media/local-url.ts';
import { Icon } from '../parts/icon.tsx';
import { text } from '../text/index.ts';
import { daysLeft, outputOf, titleOf } from './task-facts.ts';

interface TaskCardProps {
  task: Task;
  isCurrent?: boolean;
  title?: string;
  /** Where it leads. Default: to the task. */
  href?: string;
}

/** A task as a small picture that leads to it: its cover, or how far it is. */
export function TaskCard(props: TaskCardProps) {
  const { task, isCurrent = false, title = titleOf(task), href = `/task/${task.id}` } = props;
  const cover = localUrl(outputOf(task, 'cover')?.url ?? task.input.image);
  const days = daysLeft(task);
  const note =
    task.state === 'completed'
      ? days !== undefined && days <= 2
        ? text.watch.daysLeft(days)
        : ''
      : text.states[task.state];
  return (
    <Link
      href={href}
      aria-label={text.library.open(`${title}, ${text.states[task.state]}`)}
      aria-current={isCurrent ? 'true' : undefined}
      className="arrive group relative block aspect-[4/3] overflow-hidden rounded-xl bg-sunken ring-offset-2 ring-offset-paper aria-[current=true]:ring-2 aria-[current=true]:ring-accent"
    >
      {cover ? (
        <img
          src={cover}
          alt=""
          loading="lazy"
          className={`size-full object-cover transition-transform duration-700 group-hover:scale-105 motion-reduce:transition-none ${task.state === 'completed' ? '' : 'opacity-45 grayscale'}`}
        />
      ) : (
        <span className="grid size-full place-items-center text-quiet">
          <Icon name={task.kind === 'video-to-audio' ? 'sound' : 'picture'} className="size-8!" />
        </span>
      )}
      <span className="absolute inset-x-0 bottom-0 bg-gradient-to-t from-shade/90 via-shade/60 to-transparent px-2.5 pt-7 pb-2 text-sm text-white">
        <span className="line-clamp-1">{title}</span>
        {note && <span className="block text-xs text-white/85">{note}</span>}
      </span>
      {!isEnded(task) && (
        <span className="absolute inset-x-0 bottom-0 h-1 bg-shade/60">
          <span
            className="block h-full bg-white transition-[width] duration-500"
            style={{ width: `${task.progress}%` }}
          />
        </span>
      )}
    </Link>
  );
}
