import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useTask } from '../api/queries.ts';
import type { Task } from '../api/types.ts';
import { localUrl } from '../media/local-url.ts';
import { Button } from '../parts/button.tsx';
import { Failure, PageHead } from '../parts/notice.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { text } from '../text/index.ts';
import { outputOf, titleOf } from '../watch/task-facts.ts';

type Side = 'left' | 'right';
/** Videos further apart than this are brought together, in seconds: less than two frames. */
const DRIFT = 0.06;

/** Two results side by side, in step: one clock, one of them heard. */
export default function ComparePage(ids: Record<Side, string>) {
  const left = useTask(ids.left);
  const right = useTask(ids.right);
  const leader = useRef<HTMLVideoElement>(null);
  const follower = useRef<HTMLVideoElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const [heard, setHeard] = useState<Side>('left');
  const seconds = left.data ? (outputOf(left.data, 'video')?.durationSeconds ?? 5) : 5;

  useEffect(() => {
    let frame = 0;
    const follow = () => {
      const [first, second] = [leader.current, follower.current];
      if (first && second) {
        setTime(first.currentTime);
        if (Math.abs(first.currentTime - second.currentTime) > DRIFT) second.currentTime = first.currentTime;
      }
      frame = requestAnimationFrame(follow);
    };
    if (isPlaying) follow();
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);

  const both = () => [leader.current, follower.current].filter((video) => video !== null);
  const toggle = async () => {
    if (isPlaying) for (const video of both()) video.pause();
    else await Promise.all(both().map((video) => video.play()));
    setPlaying(!isPlaying);
  };
  const seek = (to: number) => {
    setTime(to);
    for (const video of both()) video.currentTime = to;
  };
  const error = left.error ?? right.error;
  return (
    <>
      <PageHead title={text.library.compare}>
        <Link href="/library" className="text-accent underline underline-offset-2">
          {text.library.back}
        </Link>
      </PageHead>
      {error && <Failure error={error} />}
      <div className="grid gap-3 sm:grid-cols-2">
        <Half task={left.data} video={leader} isMuted={heard !== 'left'} />
        <Half task={right.data} video={follower} isMuted={heard !== 'right'} />
      </div>
      <div className="card mt-4 flex flex-wrap items-center gap-4 p-4">
        <Button look="main" icon={isPlaying ? 'pause' : 'play'} onClick={toggle}>
          {isPlaying ? text.library.pauseBoth : text.library.playBoth}
        </Button>
        <input
          type="range"
          aria-label={text.library.position}
          min={0}
          max={seconds}
          step={0.04}
          value={time}
          onChange={(event) => seek(Number(event.target.value))}
          className="min-w-40 flex-1 accent-(--accent)"
        />
        <Segmented
          legend={text.library.listen}
          isBare
          value={heard}
          options={[
            { value: 'left' as const, label: text.library.left },
            { value: 'right' as const, label: text.library.right },
          ]}
          onChange={(side) => setHeard(side)}
        />
      </div>
    </>
  );
}

interface HalfProps {
  task: Task | undefined;
  video: React.RefObject<HTMLVideoElement | null>;
  isMuted: boolean;
}

function Half({ task, video, isMuted }: HalfProps) {
  if (!task) return <div aria-busy="true" className="aspect-video rounded-2xl bg-sunken" />;
  const { resolution, model } = task.input;
  return (
    <figure className="min-w-0">
      <video
        ref={video}
        src={localUrl(outputOf(task, 'video')?.url)}
        poster={localUrl(outputOf(task, 'cover')?.url)}
        muted={isMuted}
        loop
        playsInline
        preload="auto"
        aria-label={titleOf(task)}
        className="w-full rounded-2xl bg-shade"
      />
      <figcaption className="mt-2">
        <Link href={`/task/${task.id}`} className="font-serif text-lg underline-offset-2 hover:underline">
          {titleOf(task)}
        </Link>
        <p className="text-sm text-quiet tabular-nums">
          {[resolution, model, `${text.watch.seed} ${task.seed}`].filter(Boolean).join(' · ')}
        </p>
      </figcaption>
    </figure>
  );
}
