import { useRef } from 'react';
import { useLocation } from 'wouter';
import { useEffects } from '../api/queries.ts';
import type { Effect } from '../api/types.ts';
import { patchForm } from '../create/form.ts';
import { localUrl } from '../media/local-url.ts';
import { Failure, Nothing, PageHead } from '../parts/notice.tsx';
import { text } from '../text/index.ts';

const COLUMNS = 'ul';
const steps: Record<string, -1 | 1> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** What a description may say beside its name. */
const say = (effect: Effect, field: 'summary' | 'logo' | 'preview') => {
  const value = effect[field];
  return typeof value === 'string' ? value : undefined;
};

/** The effects as posters that come alive under the pointer or the keyboard. */
export default function EffectsPage() {
  const { data: effects, error } = useEffects();
  return (
    <>
      <PageHead title={text.effects.title} about={text.effects.about} />
      {error && <Failure error={error} />}
      {effects?.length === 0 && <Nothing title={text.effects.none}>{text.effects.noneAbout}</Nothing>}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4 xl:grid-cols-5">
        {effects?.map((effect) => (
          <li key={effect.code}>
            <Poster effect={effect} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Poster({ effect }: { effect: Effect }) {
  const [, navigate] = useLocation();
  const video = useRef<HTMLVideoElement>(null);
  const summary = say(effect, 'summary');
  const clip = sampleUrl(say(effect, 'preview'));
  const start = () => {
    const { current } = video;
    if (!current || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    if (!current.src && clip) current.src = clip;
    // Whoever leaves before it has begun stops it.
    current.play().catch(() => {});
  };
  const stop = () => {
    video.current?.pause();
    if (video.current) video.current.currentTime = 0;
  };
  return (
    <button
      type="button"
      onMouseEnter={start}
      onFocus={start}
      onMouseLeave={stop}
      onBlur={stop}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        const all = [...(event.currentTarget.closest(COLUMNS)?.querySelectorAll('button') ?? [])];
        all[all.indexOf(event.currentTarget) + step]?.focus();
      }}
      onClick={() => {
        patchForm({ kind: 'image-to-video', effect: effect.code, lastImage: null });
        navigate('/');
      }}
      className="group relative block w-full overflow-hidden rounded-2xl bg-sunken text-left"
    >
      <video
        ref={video}
        poster={sampleUrl(say(effect, 'logo'))}
        preload="none"
        muted
        loop
        playsInline
        aria-hidden="true"
        tabIndex={-1}
        className="aspect-[3/4] w-full object-cover"
      />
      <span className="absolute inset-x-0 bottom-0 bg-gradient-to-t from-shade/95 via-shade/60 to-transparent px-4 pt-12 pb-3.5 text-white">
        <span className="block font-serif text-xl">{text.effects.name(effect.name)}</span>
        {summary && (
          <span className="line-clamp-2 text-sm text-white/85">
            {text.effects.summary(effect.name, summary)}
          </span>
        )}
      </span>
    </button>
  );
}

/** What lies below the samples, whether it is said as a path or as a URL. */
function sampleUrl(path: string | undefined): string | undefined {
  if (!path) return undefined;
  return localUrl(/^(https?:|\/)/.test(path) ? path : `/samples/${path}`);
}
