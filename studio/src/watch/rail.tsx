import type { ReactNode } from 'react';
import type { Task } from '../api/types.ts';
import { text } from '../text/index.ts';
import { TaskCard } from './task-card.tsx';

interface RailProps {
  title: string;
  tasks: readonly Task[];
  /** The one that is shown large. */
  current: string | undefined;
  isBatch?: boolean;
  children?: ReactNode;
}

/** Tasks side by side. */
export function Rail({ title, tasks, current, isBatch = false, children }: RailProps) {
  return (
    <section aria-label={title} className="mt-8">
      <div className="mb-3 flex items-baseline justify-between">
        <h2 className="eyebrow font-sans">{title}</h2>
        {children}
      </div>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {tasks.map((task) => (
          <li key={task.id}>
            <TaskCard
              task={task}
              isCurrent={task.id === current}
              {...(isBatch && { title: text.watch.take(task.batch!.index + 1) })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
