import { text } from '../text/index.ts';
import { emptyForm, type Form, patchForm } from './form.ts';

const whole = (value: string, least: number, most: number): number | null =>
  value === '' ? null : Math.min(most, Math.max(least, Math.round(Number(value) || 0)));

/** What few people change. */
export function MoreFields({ form }: { form: Form }) {
  return (
    <details className="group">
      <summary className="eyebrow w-fit rounded-md py-1">{text.create.more}</summary>
      <div className="mt-2 grid grid-cols-2 gap-3">
        <label className="block">
          <span className="mb-1 block text-sm text-quiet">{text.create.seed}</span>
          <input
            className="field tabular-nums"
            type="number"
            min={0}
            max={2 ** 31 - 1}
            placeholder={text.create.seedHint}
            value={form.seed ?? ''}
            onChange={(event) => patchForm({ seed: whole(event.target.value, 0, 2 ** 31 - 1) })}
          />
        </label>
        <label className="block">
          <span className="mb-1 block text-sm text-quiet">{text.create.fps}</span>
          <select
            className="field"
            value={form.fps}
            onChange={(event) => patchForm({ fps: Number(event.target.value) || emptyForm.fps })}
          >
            {[12, 24, 25, 30, 48, 60].map((fps) => (
              <option key={fps}>{fps}</option>
            ))}
          </select>
        </label>
        <label className="col-span-2 block">
          <span className="mb-1 block text-sm text-quiet">{text.create.negative}</span>
          <input
            className="field"
            maxLength={5000}
            value={form.negativePrompt}
            onChange={(event) => patchForm({ negativePrompt: event.target.value })}
          />
        </label>
        <label className="col-span-2 block">
          <span className="mb-1 block text-sm text-quiet">{text.create.webhook}</span>
          <input
            className="field"
            type="url"
            placeholder="https://…"
            value={form.webhookUrl}
            onChange={(event) => patchForm({ webhookUrl: event.target.value })}
          />
        </label>
        <label className="col-span-2 flex items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={form.extendPrompt}
            onChange={(event) => patchForm({ extendPrompt: event.target.checked })}
          />
          {text.create.extend}
        </label>
      </div>
    </details>
  );
}
