import type { Source, Without } from '../create/form.ts';
import { type Body, removeWords } from '../create/to-body.ts';

/** What the Sound page asks for. */
export interface SoundForm {
  /** Its URL, or the id of a task. */
  video: Source | null;
  audio: 'ai' | 'own' | 'none';
  ownSound: Source | null;
  prompt: string;
  soundPrompt: string;
  musicPrompt: string;
  originalAudio: 'replace' | 'mix' | 'duck';
  without: Without[];
}

export const emptySoundForm: SoundForm = {
  video: null,
  audio: 'ai',
  ownSound: null,
  prompt: '',
  soundPrompt: '',
  musicPrompt: '',
  originalAudio: 'replace',
  without: [],
};

/** The JSON body of the request; words that are left out are the video's own. */
export function toSoundBody({
  video,
  audio,
  ownSound,
  prompt,
  musicPrompt,
  originalAudio,
  without,
}: SoundForm): Body {
  const off = without.map(({ words }) => words);
  return {
    kind: 'video-to-audio',
    video: video?.url ?? '',
    ...(audio === 'ai' && prompt && { prompt: removeWords(prompt, off) || 'silence' }),
    ...(audio === 'ai' && musicPrompt && { musicPrompt }),
    ...(audio === 'own' && { audio: ownSound?.url ?? '' }),
    originalAudio,
  };
}

/** Whether something is still missing. */
export function lacksVideo({ video, audio, ownSound }: SoundForm): boolean {
  return !video || (audio === 'own' && !ownSound);
}
