import { Link } from 'wouter';
import { StillroarError } from '../api/client.ts';
import { useTask, useTasks } from '../api/queries.ts';
import { Samples } from '../create/samples.tsx';
import { Failure, Nothing } from '../parts/notice.tsx';
import { text } from '../text/index.ts';
import { Rail } from './rail.tsx';
import { TaskView } from './task-view.tsx';

const SHOWN = 8;

/** The column in which videos are watched: one large, its batch or what was made lately below. */
export function Watch({ id }: { id: string | undefined }) {
  const { data: task, error } = useTask(id);
  const { data: lists } = useTasks();
  const recent = lists?.pages.flatMap(({ items }) => items) ?? [];
  const { batch } = task ?? {};
  const siblings = batch ? recent.filter((other) => other.batch?.id === batch.id) : [];
  siblings.sort((a, b) => a.batch!.index - b.batch!.index);
  const isGone = error instanceof StillroarError && error.status === 404;
  return (
    <section aria-label={text.watch.playing} className="min-w-0">
      {id === undefined && <Invitation />}
      {isGone && <Nothing title={text.watch.gone}>{text.watch.goneAbout}</Nothing>}
      {error && !isGone && <Failure error={error} />}
      {id !== undefined && !task && !error && (
        <div aria-busy="true" className="breathe aspect-video rounded-2xl bg-sunken" />
      )}
      {task && <TaskView key={task.id} task={task} />}
      {siblings.length > 1 && <Rail title={text.watch.batch} tasks={siblings} current={id} isBatch />}
      {recent.length > 0 && (
        <Rail title={text.watch.recent} tasks={recent.slice(0, SHOWN)} current={id}>
          <Link href="/library" className="text-accent underline underline-offset-2">
            {text.nav.library}
          </Link>
        </Rail>
      )}
    </section>
  );
}

function Invitation() {
  return (
    <div className="hidden rounded-2xl bg-sunken px-10 py-12 lg:block">
      <h2 className="text-3xl tracking-tight">{text.watch.empty}</h2>
      <p className="mt-2 max-w-lg text-quiet">{text.watch.emptyAbout}</p>
      <Samples />
    </div>
  );
}
