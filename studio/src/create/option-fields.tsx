import type { Effect, Model } from '../api/types.ts';
import { Segmented } from '../parts/segmented.tsx';
import { text } from '../text/index.ts';
import { type Form, patchForm } from './form.ts';

interface OptionFieldsProps {
  form: Form;
  models: readonly Model[];
  model: Model | undefined;
  /** Longest video of the account's plan in seconds. */
  longest: number;
}

const sizes = { '720p': '720p', '1080p': '1080p', '4k': '4K' };

/** Size, length, takes and, where there is a choice, shape and drawing; what the model cannot do is not offered. */
export function OptionFields({ form, models, model, longest }: OptionFieldsProps) {
  const resolutions = model?.resolutions ?? ['720p'];
  const seconds = (model?.seconds ?? [5]).filter((length) => length <= longest) as (5 | 10)[];
  const able = models.filter(({ kinds }) => kinds.includes(form.kind));
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4">
      <div className="col-span-2">
        <Segmented
          legend={text.create.resolution}
          value={form.resolution}
          options={resolutions.map((value) => ({ value, label: sizes[value] }))}
          onChange={(resolution) => patchForm({ resolution })}
        />
      </div>
      <Segmented
        legend={text.create.seconds}
        value={form.seconds}
        options={seconds.map((value) => ({ value, label: text.create.secondsOf(value) }))}
        onChange={(length) => patchForm({ seconds: length })}
      />
      <Segmented
        legend={text.create.count}
        value={form.count}
        options={[1, 2, 3, 4].map((value) => ({ value, label: String(value) }))}
        onChange={(count) => patchForm({ count })}
      />
      {form.kind === 'text-to-video' && (
        <div className="col-span-2">
          <Segmented
            legend={text.create.shape}
            value={form.aspectRatio}
            options={(['16:9', '1:1', '9:16'] as const).map((value) => ({ value, label: value }))}
            onChange={(aspectRatio) => patchForm({ aspectRatio })}
          />
        </div>
      )}
      {able.length > 1 && (
        <div className="col-span-2">
          <Segmented
            legend={text.create.quality}
            value={model?.name ?? ''}
            options={able.map(({ name, quality, engine }) => ({
              value: name,
              label: engine === 'builtin' ? text.create[quality] : name,
              hint: name,
            }))}
            onChange={(name) => patchForm({ model: name })}
          />
        </div>
      )}
    </div>
  );
}

/** Which effect, if the engines have any. */
export function EffectField({ effect, effects }: { effect: string | null; effects: readonly Effect[] }) {
  if (effects.length === 0) return null;
  return (
    <label className="block">
      <span className="eyebrow mb-1.5 block">{text.create.effect}</span>
      <select
        className="field"
        value={effect ?? ''}
        onChange={(event) => patchForm({ effect: event.target.value || null })}
      >
        <option value="">{text.create.noEffect}</option>
        {effects.map(({ code, name }) => (
          <option key={code} value={code}>
            {text.effects.name(name)}
          </option>
        ))}
      </select>
      {effect && <span className="mt-1 block text-sm text-quiet">{text.create.effectRules}</span>}
    </label>
  );
}
