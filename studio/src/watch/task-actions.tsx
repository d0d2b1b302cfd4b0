import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call } from '../api/client.ts';
import { dropTask } from '../api/task-cache.ts';
import type { Task } from '../api/types.ts';
import { formOf, patchForm } from '../create/form.ts';
import { goOnFrom } from '../create/take-file.ts';
import { useCreate } from '../create/use-create.ts';
import { fileName } from '../media/file-name.ts';
import { localUrl } from '../media/local-url.ts';
import { Button, linkLook } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failure } from '../parts/notice.tsx';
import { text } from '../text/index.ts';
import { outputOf } from './task-facts.ts';

/** What can be done with a task that has ended. */
export function TaskActions({ task }: { task: Task }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const video = outputOf(task, 'video');
  const source = localUrl(video?.url);
  const isSound = task.kind === 'video-to-audio';
  const another = useCreate(`tasks/${task.id}/remix`);
  const remove = useMutation({
    mutationFn: () => call('DELETE', `tasks/${task.id}`),
    onSuccess() {
      dropTask(client, task.id);
      navigate('/');
    },
  });
  const onward = useMutation({
    mutationFn: () => goOnFrom(source!),
    onSuccess: () => navigate('/'),
  });
  const error = another.error ?? remove.error ?? onward.error;
  return (
    <div className="mt-4 grid gap-3">
      <div className="flex flex-wrap gap-2">
        {video && source && (
          <a
            href={source}
            download={fileName(task, video)}
            className="inline-flex min-h-9 items-center gap-2 rounded-full bg-accent px-4 py-1.5 font-semibold text-on-accent hover:brightness-110"
          >
            <Icon name="download" />
            {text.watch.download}
          </a>
        )}
        <Button icon="again" disabled={another.isPending} onClick={() => another.mutate({})}>
          {video ? text.watch.another : text.failure.retry}
        </Button>
        {!isSound && (
          <Button
            icon="spark"
            onClick={() => {
              patchForm(formOf(task));
              navigate('/');
            }}
          >
            {text.watch.remix}
          </Button>
        )}
        {source && (
          <Button icon="onward" disabled={onward.isPending} onClick={() => onward.mutate()}>
            {text.watch.onward}
          </Button>
        )}
        {source && (
          <Link href={`/sound?video=${task.id}`} className={linkLook}>
            <Icon name="sound" />
            {text.watch.addSound}
          </Link>
        )}
        {isAsking ? (
          <span className="inline-flex items-center gap-2">
            {text.watch.removeSure}
            <Button look="bad" autoFocus disabled={remove.isPending} onClick={() => remove.mutate()}>
              {text.watch.yes}
            </Button>
            <Button onClick={() => setAsking(false)}>{text.watch.no}</Button>
          </span>
        ) : (
          <Button look="quiet" icon="bin" onClick={() => setAsking(true)}>
            {text.watch.remove}
          </Button>
        )}
      </div>
      {error && <Failure error={error} />}
    </div>
  );
}
