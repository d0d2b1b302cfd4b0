import { StillroarError } from '../api/client.ts';
import { useAccount, useEffects, useEstimate, useModels } from '../api/queries.ts';
import type { Plan } from '../api/types.ts';
import { Button } from '../parts/button.tsx';
import { PlanChips } from '../parts/plan-chips.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { useSettled } from '../parts/use-settled.ts';
import { text } from '../text/index.ts';
import { CameraField } from './camera-field.tsx';
import { emptyForm, patchForm, useForm } from './form.ts';
import { MoreFields } from './more-fields.tsx';
import { EffectField, OptionFields } from './option-fields.tsx';
import { PictureFields } from './picture-fields.tsx';
import { PriceBar } from './price-bar.tsx';
import { SoundFields } from './sound-fields.tsx';
import { type Body, missing, toBody } from './to-body.ts';
import { refusalOf, useCreate } from './use-create.ts';

/** A request that lacks something has a price nevertheless: the same as with these in its place. */
function toEstimate(body: Body): Body {
  if (body.kind === 'text-to-video') return { prompt: 'a landscape', ...body };
  return { image: `${location.origin}/samples/stream.jpg`, ...body };
}

/** What the server has against the words; undefined where it refuses for another reason, or not at all. */
function sayAboutWords(error: Error | null): string | undefined {
  if (!(error instanceof StillroarError)) return undefined;
  const about = error.errors.find(({ field }) => field === 'prompt');
  return about && text.failure.said(error.code, about.message);
}

/** The column in which a video is asked for. */
export function MakeColumn() {
  const form = useForm();
  const { data: account } = useAccount();
  const { data: models = [] } = useModels();
  const { data: effects = [] } = useEffects();
  const model =
    models.find(({ name, kinds }) => name === form.model && kinds.includes(form.kind)) ??
    models.find(({ kinds }) => kinds.includes(form.kind));
  const body = toBody({ ...form, model: form.model === model?.name ? form.model : null }, model);
  const estimate = useEstimate(useSettled(models.length > 0 ? toEstimate(body) : undefined, 250));
  const create = useCreate();
  const aboutWords = sayAboutWords(estimate.error);
  const lack = missing(form);
  const plan = (form.prompt || form.camera) && !form.effect ? estimate.data?.plan : undefined;
  return (
    <section
      aria-label={text.create.title}
      className="card grid grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-4 sm:px-5 sm:pt-5"
    >
      <h1 className="sr-only">{text.create.title}</h1>
      <Segmented
        legend={text.create.kind}
        isBare
        value={form.kind}
        options={[
          { value: 'image-to-video' as const, label: text.create.fromPicture },
          { value: 'text-to-video' as const, label: text.create.fromWords },
        ]}
        onChange={(kind) => patchForm({ kind })}
      />
      {form.kind === 'image-to-video' && (
        <PictureFields form={form} takesLast={model?.lastFrame === true && !form.effect} />
      )}
      <div>
        <label className="block">
          <span className="eyebrow mb-1.5 block">{text.create.prompt}</span>
          <textarea
            className="field field-sizing-content min-h-20 resize-y"
            maxLength={5000}
            rows={3}
            placeholder={form.kind === 'text-to-video' ? text.create.promptHintWords : text.create.promptHint}
            value={form.prompt}
            onChange={(event) => patchForm({ prompt: event.target.value, without: [] })}
          />
        </label>
        {aboutWords && (
          <p role="status" className="mt-2.5 rounded-xl bg-wash px-4 py-2.5">
            {aboutWords}
          </p>
        )}
        {plan && (
          <section aria-label={text.create.read} className="mt-2.5">
            <PlanChips
              plan={plan as Plan}
              without={form.without}
              onChange={(without) => patchForm({ without })}
            />
          </section>
        )}
      </div>
      {!form.effect && <CameraField camera={form.camera} image={form.image} />}
      {form.kind === 'image-to-video' && <EffectField effect={form.effect} effects={effects} />}
      <SoundFields form={form} onChange={patchForm} />
      <OptionFields form={form} models={models} model={model} longest={account?.limits.seconds ?? 5} />
      <MoreFields form={form} />
      <div className="-mb-1 flex justify-end">
        <Button look="quiet" onClick={() => patchForm(emptyForm)}>
          {text.create.reset}
        </Button>
      </div>
      <PriceBar
        credits={estimate.data?.credits}
        count={form.count}
        balance={account?.credits}
        missing={lack && text.create.missing[lack]}
        submit={form.count > 1 ? text.create.submitMany(form.count) : text.create.submit}
        isSending={create.isPending}
        isAsking={estimate.isFetching}
        errors={[aboutWords ? null : estimate.error, refusalOf(create, body)]}
        onSubmit={() => create.mutate(body)}
      />
    </section>
  );
}
