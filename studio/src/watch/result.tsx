import { lazy, Suspense, useState } from 'react';
import { useModels } from '../api/queries.ts';
import type { Output, Plan, Task } from '../api/types.ts';
import { formOf, type Without } from '../create/form.ts';
import { toBody } from '../create/to-body.ts';
import { useCreate } from '../create/use-create.ts';
import { localUrl } from '../media/local-url.ts';
import { useCaptions } from '../media/use-captions.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/notice.tsx';
import { choicesOf, PlanChips, planWithout } from '../parts/plan-chips.tsx';
import { language, text } from '../text/index.ts';
import { TaskActions } from './task-actions.tsx';
import { daysLeft, hasSound, outputOf, titleOf } from './task-facts.ts';

const Waveform = lazy(() => import('./waveform.tsx'));

/** As wide as there is room, and never so tall that what belongs to it is out of sight. */
function sizeOf(output: Output | undefined) {
  const ratio = (output?.width ?? 16) / (output?.height ?? 9);
  return { aspectRatio: ratio, width: `min(100%, ${ratio} * 62dvh)` };
}

/** A finished video with its sound, what was chosen for it, and what can be done next. */
export function Result({ task }: { task: Task }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const output = outputOf(task, 'video');
  const source = localUrl(output?.url);
  const cover = localUrl(outputOf(task, 'cover')?.url);
  const days = daysLeft(task);
  const plan = task.plan as Plan | null;
  const captions = useCaptions(plan);
  return (
    <div className="arrive">
      <div className="relative isolate">
        {cover && (
          <img
            src={cover}
            alt=""
            className="pointer-events-none absolute inset-0 -z-10 size-full scale-[1.02] rounded-[2rem] object-cover opacity-50 blur-2xl"
          />
        )}
        <video
          ref={setVideo}
          src={source}
          poster={cover}
          controls
          loop
          playsInline
          preload="auto"
          aria-label={titleOf(task)}
          style={sizeOf(output)}
          className="mx-auto block rounded-2xl bg-shade"
        >
          <track kind="captions" label={text.watch.layers} srcLang={language} src={captions} />
        </video>
        {!hasSound(task) && (
          <span className="absolute top-3 left-3 rounded-full bg-shade/80 px-3 py-1 text-sm text-white">
            {text.watch.noSound}
          </span>
        )}
      </div>
      {source && hasSound(task) && (
        <Suspense fallback={<div className="mt-4 h-20 rounded-xl bg-sunken" />}>
          {video && <Waveform video={video} layers={plan?.sound?.layers ?? []} />}
        </Suspense>
      )}
      <div className="mt-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-xl text-pretty">{titleOf(task)}</h2>
        <p className="text-sm text-quiet tabular-nums">
          {[
            output?.width && `${output.width} × ${output.height}`,
            output?.durationSeconds && `${Number(output.durationSeconds.toFixed(1))} s`,
            `${text.watch.seed} ${task.seed}`,
            days !== undefined && text.watch.daysLeft(days),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <TaskActions task={task} />
      {task.warnings.length > 0 && (
        <section aria-label={text.watch.notes} className="mt-4 rounded-xl bg-sunken px-4 py-3">
          <h3 className="eyebrow font-sans">{text.watch.notes}</h3>
          <ul className="mt-1 list-disc pl-5">
            {task.warnings.map(({ code, message }) => (
              <li key={code + message}>{text.failure.said(code, message)}</li>
            ))}
          </ul>
        </section>
      )}
      {plan && <Choices task={task} plan={plan} />}
    </div>
  );
}

/** What was chosen, to be run again without some of it. */
function Choices({ task, plan }: { task: Task; plan: Plan }) {
  const [without, setWithout] = useState<Without[]>([]);
  const { data: models = [] } = useModels();
  const again = useCreate(`tasks/${task.id}/remix`);
  const isVideo = task.kind !== 'video-to-audio';
  const rerun = () => {
    // Engines that take no plan are told in words what is not wanted.
    if (task.engine === 'builtin') {
      again.mutate({ plan: planWithout(plan, without), seed: task.seed });
      return;
    }
    const model = models.find(({ name }) => name === task.model);
    const { negativePrompt, soundPrompt } = toBody({ ...formOf(task), without }, model);
    const changed = { ...(negativePrompt && { negativePrompt }), ...(soundPrompt && { soundPrompt }) };
    again.mutate({ ...changed, seed: task.seed });
  };
  if (!isVideo || choicesOf(plan).length === 0) return null;
  return (
    <section aria-label={text.plan.hint} className="mt-5 border-t border-line pt-4">
      <div className="mb-2 flex min-h-9 flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-quiet">{text.plan.hint}</p>
        {without.length > 0 && (
          <Button icon="again" disabled={again.isPending} onClick={rerun}>
            {text.plan.rerun}
          </Button>
        )}
      </div>
      <PlanChips plan={plan} without={without} onChange={setWithout} />
      {again.error && <Failure error={again.error} />}
    </section>
  );
}
