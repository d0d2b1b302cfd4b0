import { useEffect, useState } from 'react';
import type { Plan } from '../api/types.ts';
import { text } from '../text/index.ts';

/** How long the name of something that goes on stays, and of something that happens, in seconds. */
const SHOWN = { lasting: 2, brief: 1 };

const clock = (seconds: number) => new Date(1000 * Math.max(0, seconds)).toISOString().slice(11, 23);

/** Names of sounds at the times at which they are heard, as WebVTT. */
function writeCaptions({ sound }: Plan): string {
  const cues = (sound?.layers ?? []).flatMap((layer) => {
    const name = text.plan.name(layer.generator);
    if (layer.kind !== 'event') return [{ at: layer.start, name, shown: SHOWN.lasting }];
    return layer.events.map(({ time }) => ({
      at: layer.start + time,
      name,
      shown: SHOWN.brief,
    }));
  });
  cues.sort((a, b) => a.at - b.at);
  const lines = cues.map(({ at, name, shown }) => `${clock(at)} --> ${clock(at + shown)}\n[${name}]`);
  return ['WEBVTT', ...lines].join('\n\n');
}

/** A URL of the captions, for as long as they are shown. */
export function useCaptions(plan: Plan | null): string | undefined {
  const words = plan ? writeCaptions(plan) : undefined;
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (words === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([words], { type: 'text/vtt' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [words]);
  return url;
}
