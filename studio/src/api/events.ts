import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { announceEnd } from '../shell/announce.ts';
import { dropTask, isEnded, putTask } from './task-cache.ts';
import type { Task } from './types.ts';

/** After so many ms a stream that the server has refused is opened anew. */
const PATIENCE = 4_000;

/**
 * Follows the account's tasks as they change. The browser reconnects by itself and says what it saw last; only after a
 * refusal it has to be told.
 * @returns whether the stream stands
 */
export function useEvents(): boolean {
  const client = useQueryClient();
  const [isLive, setLive] = useState(true);

  useEffect(() => {
    let source: EventSource;
    let timer: number | undefined;
    const unfinished = new Set<string>();

    function open(): void {
      source = new EventSource('/api/v1/events');
      source.onopen = () => setLive(true);
      source.onerror = () => {
        setLive(false);
        if (source.readyState === EventSource.CLOSED) timer = window.setTimeout(open, PATIENCE);
      };
      source.addEventListener('task', ({ data }) => {
        const task = JSON.parse(data) as Task;
        putTask(client, task);
        if (!isEnded(task)) unfinished.add(task.id);
        else if (unfinished.delete(task.id)) announceEnd(task);
      });
      source.addEventListener('deleted', ({ data }) => dropTask(client, JSON.parse(data).id));
    }

    open();
    return () => {
      window.clearTimeout(timer);
      source.close();
    };
  }, [client]);

  return isLive;
}
