import { useId } from 'react';

interface SegmentedProps<Value extends string | number> {
  legend: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string }[];
  onChange(value: Value): void;
  /** Whether the legend is only said, not shown. */
  isBare?: boolean;
}

/** One of a few, side by side; native radio buttons, so that arrow keys and screen readers know it. */
export function Segmented<Value extends string | number>(props: SegmentedProps<Value>) {
  const { legend, value, options, onChange, isBare = false } = props;
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={isBare ? 'sr-only' : 'eyebrow mb-1.5'}>{legend}</legend>
      <div className="flex rounded-full border border-line bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            title={option.hint}
            className="relative flex min-h-8 flex-1 cursor-pointer items-center justify-center rounded-full px-3 text-center text-quiet whitespace-nowrap transition-colors has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              className="absolute inset-0 cursor-pointer appearance-none rounded-full outline-none"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className="pointer-events-none">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
