import { Link } from 'wouter';
import { StillroarError } from '../api/client.ts';
import { useTask, useTasks } from '../api/queries.ts';
import { cameras } from '../create/cameras.ts';
import { useForm } from '../create/form.ts';
import { Samples } from '../create/samples.tsx';
import { localUrl } from '../media/local-url.ts';
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
  const others = siblings.length > 1 ? recent.filter((other) => !siblings.includes(other)) : recent;
  const isGone = error instanceof StillroarError && error.status === 404;
  return (
    <section aria-label={text.watch.playing} className="min-w-0">
      {id === undefined && <Invitation isFirst={lists !== undefined && recent.length === 0} />}
      {isGone && <Nothing title={text.watch.gone}>{text.watch.goneAbout}</Nothing>}
      {error && !isGone && <Failure error={error} />}
      {id !== undefined && !task && !error && (
        <div aria-busy="true" className="breathe aspect-video rounded-2xl bg-sunken" />
      )}
      {task && <TaskView key={task.id} task={task} />}
      {siblings.length > 1 && <Rail title={text.watch.batch} tasks={siblings} current={id} isBatch />}
      {others.length > 0 && (
        <Rail title={text.watch.recent} tasks={others.slice(0, SHOWN)} current={id}>
          <Link href="/library" className="text-accent underline underline-offset-2">
            {text.nav.library}
          </Link>
        </Rail>
      )}
    </section>
  );
}

/** What there is to see before a video is made: the picture that was chosen, moving as its camera would; else samples. */
function Invitation({ isFirst }: { isFirst: boolean }) {
  const { kind, image, camera } = useForm();
  const picture = kind === 'image-to-video' ? localUrl(image?.url) : undefined;
  if (picture) {
    return (
      <figure className="arrive relative hidden overflow-hidden rounded-2xl bg-shade lg:block" data-on="true">
        <div className="camera-hint is-large grid aspect-video max-h-[68dvh] w-full place-items-center">
          <img src={picture} alt="" className={`object-contain ${camera ? cameras[camera].hint : ''}`} />
        </div>
        <figcaption className="absolute inset-x-0 bottom-0 bg-gradient-to-t from-shade/85 to-transparent px-6 pt-12 pb-5 font-serif text-2xl text-white">
          {text.watch.empty}
        </figcaption>
      </figure>
    );
  }
  return (
    <div
      className={`hidden flex-col rounded-2xl bg-sunken px-10 py-12 lg:flex ${isFirst ? 'min-h-[calc(100dvh-6.5rem)]' : ''}`}
    >
      <h2 className="text-4xl tracking-tight">{text.watch.empty}</h2>
      <p className="mt-3 max-w-lg text-pretty text-quiet">{text.watch.emptyAbout}</p>
      <Samples size={isFirst ? 'tall' : 'plain'} />
    </div>
  );
}
