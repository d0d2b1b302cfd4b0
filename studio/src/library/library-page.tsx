import { useDeferredValue, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useTasks } from '../api/queries.ts';
import type { Task, TaskState } from '../api/types.ts';
import { Button, linkLook } from '../parts/button.tsx';
import { Failure, Nothing, PageHead } from '../parts/notice.tsx';
import { text } from '../text/index.ts';
import { TaskCard } from '../watch/task-card.tsx';
import { titleOf } from '../watch/task-facts.ts';

const states = ['completed', 'processing', 'queued', 'failed', 'cancelled', 'expired'] as const;
const kinds = ['image-to-video', 'text-to-video', 'video-to-audio'] as const;

/** Everything that was made, to be found again and compared. */
export default function LibraryPage() {
  const [words, setWords] = useState('');
  const [state, setState] = useState<TaskState | ''>('');
  const [kind, setKind] = useState<Task['kind'] | ''>('');
  const [chosen, setChosen] = useState<string[]>();
  const [, navigate] = useLocation();
  const search = useDeferredValue(words.trim());
  const filter = { ...(search && { text: search }), ...(state && { state }), ...(kind && { kind }) };
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useTasks(filter);
  const tasks = data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = Object.keys(filter).length > 0;

  function choose(id: string): void {
    const others = (chosen ?? []).filter((other) => other !== id);
    const next = others.length < (chosen ?? []).length ? others : [...others, id];
    if (next.length === 2) navigate(`/compare/${next[0]}/${next[1]}`);
    else setChosen(next);
  }

  return (
    <>
      <PageHead title={text.library.title} about={text.library.about}>
        <div className="flex flex-wrap items-end gap-2">
          <input
            type="search"
            aria-label={text.library.search}
            placeholder={text.library.search}
            className="field w-56!"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <select
            aria-label={text.library.state}
            className="field w-auto!"
            value={state}
            onChange={(event) => setState(event.target.value as TaskState | '')}
          >
            <option value="">{`${text.library.state}: ${text.library.all}`}</option>
            {states.map((name) => (
              <option key={name} value={name}>
                {text.states[name]}
              </option>
            ))}
          </select>
          <select
            aria-label={text.library.kind}
            className="field w-auto!"
            value={kind}
            onChange={(event) => setKind(event.target.value as Task['kind'] | '')}
          >
            <option value="">{`${text.library.kind}: ${text.library.all}`}</option>
            {kinds.map((name) => (
              <option key={name} value={name}>
                {text.kinds[name]}
              </option>
            ))}
          </select>
          <Button
            icon="compare"
            aria-pressed={chosen !== undefined}
            className="aria-pressed:bg-wash"
            onClick={() => setChosen(chosen ? undefined : [])}
          >
            {text.library.compare}
          </Button>
        </div>
      </PageHead>
      {chosen && (
        <p role="status" className="mb-4 rounded-xl bg-wash px-4 py-2.5">
          {text.library.compareHint}
        </p>
      )}
      {error && (
        <Failure error={error}>
          <Button onClick={() => refetch()}>{text.failure.retry}</Button>
        </Failure>
      )}
      {!isPending && !error && tasks.length === 0 && (
        <Nothing title={isFiltered ? text.library.noMatch : text.library.none}>
          <p>{isFiltered ? text.library.noMatchAbout : text.library.noneAbout}</p>
          {!isFiltered && (
            <Link href="/" className={`mt-5 ${linkLook}`}>
              {text.failure.toCreate}
            </Link>
          )}
        </Nothing>
      )}
      <ul
        aria-busy={isPending}
        className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4 xl:grid-cols-5"
      >
        {isPending &&
          Array.from({ length: 10 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
            <li key={index} className="breathe aspect-[4/3] rounded-xl bg-sunken" />
          ))}
        {tasks.map((task) => (
          <li key={task.id} className="relative">
            <TaskCard task={task} isCurrent={chosen?.includes(task.id) ?? false} />
            {chosen && task.state === 'completed' && (
              <label className="absolute inset-0 cursor-pointer rounded-xl p-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent">
                <input
                  type="checkbox"
                  aria-label={text.library.select(titleOf(task))}
                  className="size-6 accent-(--accent)"
                  checked={chosen.includes(task.id)}
                  onChange={() => choose(task.id)}
                />
              </label>
            )}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className="mt-8 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {text.library.more}
          </Button>
        </div>
      )}
    </>
  );
}
