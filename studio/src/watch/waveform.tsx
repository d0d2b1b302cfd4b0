import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { Plan } from '../api/types.ts';
import { quoted } from '../parts/plan-chips.tsx';
import { text } from '../text/index.ts';

type Layers = NonNullable<NonNullable<Plan['sound']>['layers']>;

interface WaveformProps {
  video: HTMLVideoElement;
  layers: Layers;
}

const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
const HEIGHT = 72;

/** The sound of a video as it is heard, to seek in, and its layers with the words they came from. */
export default function Waveform({ video, layers }: WaveformProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { color, borderTopColor: accent } = getComputedStyle(place.current!);
    const wave = WaveSurfer.create({
      container: place.current!,
      media: video,
      height: HEIGHT,
      barWidth: 2,
      barGap: 1.5,
      barRadius: 2,
      normalize: true,
      waveColor: color,
      progressColor: accent,
      cursorColor: accent,
      cspNonce: nonce,
    });
    // A file that has no sound track draws no wave; the video itself says what is wrong with it.
    wave.on('error', () => {});
    return () => wave.destroy();
  }, [video]);
  return (
    <section aria-label={text.watch.waveform} className="mt-5">
      <div
        ref={place}
        aria-hidden="true"
        className="overflow-hidden rounded-xl border-accent bg-sunken px-2 text-quiet py-1.5"
        style={{ minHeight: HEIGHT + 12 }}
      />
      {layers.length > 0 && (
        <ul aria-label={text.watch.layers} className="mt-3 grid gap-1.5 px-2">
          {layers.map((layer, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a plan never changes
            <Layer key={index} layer={layer} seconds={longest(layers)} />
          ))}
        </ul>
      )}
    </section>
  );
}

const longest = (layers: Layers) => Math.max(...layers.map(({ start, duration }) => start + duration));

/** One layer: its name, why it is there, and when it is heard. */
function Layer({ layer, seconds }: { layer: Layers[number]; seconds: number }) {
  const { generator, why, start, duration } = layer;
  const words = quoted(why);
  const events = layer.kind === 'event' ? layer.events : [];
  return (
    <li className="grid gap-0.5">
      <span className="truncate text-sm" title={why}>
        <span className="font-medium">{text.plan.name(generator)}</span>{' '}
        <span className="text-quiet">{words ? text.plan.from(words) : text.plan.reason(why)}</span>
      </span>
      <svg
        aria-hidden="true"
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        className="h-1.5 w-full rounded-full"
      >
        <rect width="100" height="8" rx="0" className="fill-sunken" />
        <rect
          x={(100 * start) / seconds}
          width={(100 * duration) / seconds}
          height="8"
          className={events.length > 0 ? 'fill-wash' : 'fill-accent'}
          opacity={events.length > 0 ? 1 : 0.55}
        />
        {events.map(({ time }) => (
          <rect
            key={time}
            x={(100 * (start + time)) / seconds}
            width="0.8"
            height="8"
            className="fill-accent"
          />
        ))}
      </svg>
    </li>
  );
}
