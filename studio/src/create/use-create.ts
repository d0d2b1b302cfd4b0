import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { call } from '../api/client.ts';
import { putTask } from '../api/task-cache.ts';
import type { Made, Task } from '../api/types.ts';
import { text } from '../text/index.ts';

/** What came of a request: the tasks, and what is to be said about those that were refused. */
interface Outcome {
  tasks: Task[];
  note: string | undefined;
}

/** Asks for tasks and goes to the first of them. */
export function useCreate(path = 'tasks') {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    async mutationFn(body: object): Promise<Outcome> {
      const made = await call<Made>('POST', path, body);
      if (!('items' in made)) return { tasks: [made], note: undefined };
      const [refused] = made.errors;
      const why = refused && text.failure.said(refused.problem.code, refused.problem.detail);
      const note = why && text.create.someRefused(made.errors.length, why);
      return { tasks: made.items, note };
    },
    onSuccess({ tasks }) {
      for (const task of tasks) putTask(client, task);
      const [first] = tasks;
      if (first) navigate(`/task/${first.id}`);
    },
  });
}

/** What stands against a request, or against some of its tasks; nothing once another would be sent. */
export function refusalOf(
  { variables, data, error }: ReturnType<typeof useCreate>,
  body: object,
): Error | null {
  if (JSON.stringify(variables) !== JSON.stringify(body)) return null;
  return data?.note ? new Error(data.note) : error;
}
