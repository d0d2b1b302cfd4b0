import { z } from 'zod';
import type { SoundKind } from '../../engines/engine.ts';
import {
  blankIsAbsent,
  bodyError,
  commonFields,
  MOST_PROMPT,
  MOST_URL,
  optionalText,
  optionalWord,
} from './fields.ts';

/** The words of `audio_type`. */
const audioTypes: Record<string, SoundKind> = {
  ambient: 'texture',
  sound_effect: 'event',
  sfx: 'event',
  music: 'music',
  bgm: 'music',
};

const AUDIO_TYPE = `audio_type takes ${Object.keys(audioTypes).join(', ')}, or several of them separated by commas.`;
const ASMR = 'asmr_mode must be true or false.';

/** Reads `audio_type`: undefined when nothing is given. */
const audioType = z
  .preprocess(blankIsAbsent, z.string({ error: AUDIO_TYPE }).optional())
  .transform((text) => text?.split(',').map((word) => word.trim().toLowerCase()))
  .refine((words) => words?.every((word) => word in audioTypes) ?? true, { error: AUDIO_TYPE })
  .transform((words) => words && [...new Set(words.map((word) => audioTypes[word]!))]);

/** The body of video-to-audio: the fields of both published descriptions. */
export const soundSchema = z
  .object(
    {
      video_url: optionalText('video_url', MOST_URL),
      video_id: optionalText('video_id', 100),
      prompt: optionalText('prompt', MOST_PROMPT),
      sound_effect_prompt: optionalText('sound_effect_prompt', 200),
      bgm_prompt: optionalText('bgm_prompt', 200),
      audio_type: audioType,
      asmr_mode: z.preprocess(
        (value) => (value === 'true' ? true : value === 'false' ? false : (blankIsAbsent(value) ?? false)),
        z.boolean({ error: ASMR }),
      ),
      original_audio: optionalWord('original_audio', ['replace', 'mix', 'duck'], 'replace'),
      ...commonFields,
    },
    bodyError,
  )
  .refine(({ video_url, video_id }) => (video_url === '') !== (video_id === ''), {
    path: ['video_url'],
    error: 'Give exactly one of video_url (any video) and video_id (a finished video of yours).',
  });

/** What video-to-audio takes, read. Absent texts are empty. */
export type SoundFields = z.output<typeof soundSchema>;
