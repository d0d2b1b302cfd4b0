import type { Model } from '../api/types.ts';
import { withCamera } from './cameras.ts';
import type { Form, Without } from './form.ts';

/** The JSON body of a creation; fields at their defaults are left out, as one would write it by hand. */
export type Body = Record<string, string | number | boolean>;

/** Takes words out of a prompt and mends the commas around them. */
export function removeWords(prompt: string, without: readonly string[]): string {
  const rest = without.reduce((text, words) => text.replace(words, ''), prompt);
  return rest
    .split(/\s*,\s*/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(', ');
}

/** Words for a track that shall have nothing but the air of the place. */
const NOTHING = 'silence';

function soundWords(form: Form, prompt: string): string {
  const off = wordsOf(form.without, 'sound');
  if (off.length === 0) return form.soundPrompt;
  return removeWords(form.soundPrompt || prompt, off) || NOTHING;
}

function wordsOf(without: readonly Without[], domain: Without['domain']): string[] {
  return without.filter((entry) => entry.domain === domain).map(({ words }) => words);
}

/** What is sent for a form. Fields that the model or the kind has no use for are left out. */
export function toBody(form: Form, model: Model | undefined): Body {
  const isPicture = form.kind === 'image-to-video';
  const prompt = form.effect && isPicture ? form.prompt : withCamera(form.prompt, form.camera);
  const fields = {
    kind: form.kind,
    image: isPicture && form.image?.url,
    lastImage: isPicture && model?.lastFrame !== false && !form.effect && form.lastImage?.url,
    prompt,
    negativePrompt: [form.negativePrompt, ...wordsOf(form.without, 'picture')].filter(Boolean).join(', '),
    effect: isPicture && form.effect,
    soundPrompt: form.audio === 'ai' && soundWords(form, prompt),
    musicPrompt: form.audio === 'ai' && form.musicPrompt,
    audio: form.audio === 'own' ? form.ownSound?.url : form.audio === 'none' && 'none',
    resolution: form.resolution,
    aspectRatio: !isPicture && form.aspectRatio,
    seconds: form.seconds,
    fps: form.fps !== 24 && form.fps,
    model: form.model,
    seed: form.seed ?? false,
    count: form.count > 1 && form.count,
    extendPrompt: form.extendPrompt,
    webhookUrl: form.webhookUrl,
  };
  const given = Object.entries(fields).filter(
    ([, value]) => value !== '' && value !== false && value != null,
  );
  return Object.fromEntries(given) as Body;
}

/** What is still missing before it can be sent. */
export function missing(form: Form): 'image' | 'prompt' | 'sound' | undefined {
  if (form.kind === 'image-to-video' && !form.image) return 'image';
  if (form.kind === 'text-to-video' && !form.prompt.trim()) return 'prompt';
  if (form.audio === 'own' && !form.ownSound) return 'sound';
  return undefined;
}
