import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Page, Task, TaskState } from './types.ts';

type Pages = InfiniteData<Page<Task>, string | null>;

/** Whether a task has come to its end. */
export function isEnded({ state }: { state: TaskState }): boolean {
  return state !== 'queued' && state !== 'processing';
}

/** Puts a task as it is now wherever it is shown; lists that it may belong to are read again. */
export function putTask(client: QueryClient, task: Task): void {
  const before = client.getQueryData<Task>(['task', task.id]);
  if (before && before.updatedAt > task.updatedAt) return;
  client.setQueryData(['task', task.id], task);
  let isListed = false;
  client.setQueriesData<Pages>({ queryKey: ['tasks'] }, (lists) => {
    if (!lists?.pages.some(({ items }) => items.some(({ id }) => id === task.id))) return lists;
    isListed = true;
    return mapItems(lists, (items) => items.map((item) => (item.id === task.id ? task : item)));
  });
  if (!isListed || before?.state !== task.state) void client.invalidateQueries({ queryKey: ['tasks'] });
  if (before?.state !== task.state) {
    for (const key of ['account', 'ledger']) void client.invalidateQueries({ queryKey: [key] });
  }
}

/** Takes a deleted task out of everything that shows it. */
export function dropTask(client: QueryClient, id: string): void {
  client.removeQueries({ queryKey: ['task', id] });
  client.setQueriesData<Pages>(
    { queryKey: ['tasks'] },
    (lists) => lists && mapItems(lists, (items) => items.filter((item) => item.id !== id)),
  );
}

function mapItems(lists: Pages, change: (items: Task[]) => Task[]): Pages {
  return { ...lists, pages: lists.pages.map((page) => ({ ...page, items: change(page.items) })) };
}
