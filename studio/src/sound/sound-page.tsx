import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { sendFile } from '../api/client.ts';
import { useAccount, useEstimate, useTask, useTasks } from '../api/queries.ts';
import type { Plan, Upload } from '../api/types.ts';
import { nameOf, type Source } from '../create/form.ts';
import { PriceBar } from '../create/price-bar.tsx';
import { SoundFields } from '../create/sound-fields.tsx';
import { refusalOf, useCreate } from '../create/use-create.ts';
import { localUrl, taskIdOf } from '../media/local-url.ts';
import { Button } from '../parts/button.tsx';
import { DropZone } from '../parts/drop-zone.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failure } from '../parts/notice.tsx';
import { PlanChips } from '../parts/plan-chips.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { dropTarget, useIncoming } from '../parts/use-incoming.ts';
import { useSettled } from '../parts/use-settled.ts';
import { text } from '../text/index.ts';
import { TaskCard } from '../watch/task-card.tsx';
import { outputOf, titleOf } from '../watch/task-facts.ts';
import { emptySoundForm, lacksVideo, type SoundForm, toSoundBody } from './sound-form.ts';

/** Any video in, the same video out, with sound. */
export default function SoundPage() {
  const [search] = useSearchParams();
  const ownId = search.get('video') ?? undefined;
  const { data: own } = useTask(ownId);
  const [form, setForm] = useState<SoundForm>(emptySoundForm);
  const patch = (changes: Partial<SoundForm>) => setForm((before) => ({ ...before, ...changes }));
  const { data: account } = useAccount();
  const video: Source | null = form.video ?? (own ? { url: own.id, name: titleOf(own) } : null);
  const body = toSoundBody({ ...form, video });
  const estimate = useEstimate(useSettled(lacksVideo({ ...form, video }) ? undefined : body, 250));
  const create = useCreate();
  const bring = useMutation({
    mutationFn: async (file: File) => {
      const { url } = await sendFile<Upload>('uploads', file);
      return { url, name: file.name };
    },
    onSuccess: (source) => patch({ video: source }),
  });
  const { mutate } = bring;
  const [, navigate] = useLocation();
  const onUrl = useCallback(
    (url: string) => {
      const id = taskIdOf(url);
      setForm((before) => ({ ...before, video: id === undefined ? { url, name: nameOf(url) } : null }));
      if (id !== undefined) navigate(`/sound?video=${id}`);
    },
    [navigate],
  );
  const isOver = useIncoming(mutate, onUrl);
  const source = localUrl(form.video ? form.video.url : own && outputOf(own, 'video')?.url);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(22rem,26rem)_1fr]">
      <section
        {...dropTarget}
        aria-label={text.sound.title}
        className="card grid grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-4 sm:px-5 sm:pt-5"
      >
        <header>
          <h1 className="text-2xl tracking-tight">{text.sound.title}</h1>
          <p className="text-quiet">{text.sound.about}</p>
        </header>
        {!video && (
          <DropZone
            accept="video/*"
            words={text.sound.drop}
            choose={text.sound.choose}
            hint={text.sound.dropHint}
            urlLabel={text.sound.video}
            urlHint={text.sound.urlHint}
            isBusy={bring.isPending}
            isOver={isOver}
            onFile={mutate}
            onUrl={onUrl}
          />
        )}
        {bring.error && <Failure error={bring.error} />}
        {video && (
          <div className="flex items-center justify-between gap-3 rounded-xl bg-sunken py-2 pr-2 pl-4">
            <span className="min-w-0 truncate">{video.name}</span>
            {form.video ? (
              <Button
                look="quiet"
                icon="close"
                label={text.create.remove(text.sound.video)}
                onClick={() => patch({ video: null })}
              />
            ) : (
              <Link
                href="/sound"
                aria-label={text.create.remove(text.sound.video)}
                className="rounded-full px-3 py-1.5 text-quiet hover:text-ink"
              >
                ✕
              </Link>
            )}
          </div>
        )}
        <SoundFields form={form} onChange={patch} isMain />
        {form.audio === 'ai' && (
          <div>
            <label className="block">
              <span className="eyebrow mb-1.5 block">{text.sound.prompt}</span>
              <textarea
                className="field min-h-20 resize-y"
                maxLength={5000}
                placeholder={own ? titleOf(own) : text.sound.promptHint}
                value={form.prompt}
                onChange={(event) => patch({ prompt: event.target.value, without: [] })}
              />
            </label>
            {estimate.data?.plan && form.prompt && (
              <div className="mt-2.5">
                <PlanChips
                  plan={{ sound: (estimate.data.plan as Plan).sound ?? null }}
                  without={form.without}
                  onChange={(without) => patch({ without })}
                />
              </div>
            )}
          </div>
        )}
        <Segmented
          legend={text.sound.original}
          value={form.originalAudio}
          options={(['replace', 'mix', 'duck'] as const).map((value) => ({
            value,
            label: text.sound[value],
          }))}
          onChange={(originalAudio) => patch({ originalAudio })}
        />
        <PriceBar
          credits={video ? estimate.data?.credits : undefined}
          count={1}
          balance={account?.credits}
          missing={
            !video
              ? text.sound.missing
              : lacksVideo({ ...form, video })
                ? text.create.missing.sound
                : undefined
          }
          submit={text.sound.submit}
          isSending={create.isPending}
          isAsking={estimate.isFetching}
          errors={[estimate.error, refusalOf(create, body)]}
          onSubmit={() => create.mutate(body)}
        />
      </section>
      <section aria-label={text.sound.video} className="min-w-0">
        {source ? (
          // biome-ignore lint/a11y/useMediaCaption: nobody knows yet what is heard in it
          <video
            src={source}
            controls
            playsInline
            aria-label={video?.name}
            className="mx-auto max-h-[68dvh] rounded-2xl bg-shade"
          />
        ) : (
          <Mine />
        )}
      </section>
    </div>
  );
}

/** Finished videos, to take one; where there are none, a place for the first. */
function Mine() {
  const { data } = useTasks({ state: 'completed' });
  const tasks = data?.pages.flatMap(({ items }) => items) ?? [];
  if (tasks.length === 0) {
    return (
      <div className="hidden aspect-video place-content-center rounded-2xl bg-sunken p-10 text-center lg:grid">
        <Icon name="sound" className="mx-auto size-12! text-quiet" />
        <h2 className="mt-3 text-2xl tracking-tight">{text.watch.empty}</h2>
      </div>
    );
  }
  return (
    <div className="rounded-2xl bg-sunken px-5 py-8 sm:px-10">
      <h2 className="text-2xl tracking-tight">{text.sound.fromLibrary}</h2>
      <ul className="mt-5 grid grid-cols-2 gap-3 sm:grid-cols-3">
        {tasks.slice(0, 9).map((task) => (
          <li key={task.id}>
            <TaskCard task={task} href={`/sound?video=${task.id}`} />
          </li>
        ))}
      </ul>
    </div>
  );
}
