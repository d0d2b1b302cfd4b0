import { between } from '../../random.ts';
import { lowPass } from '../dsp/filter.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { createStereo } from '../samples.ts';
import { type Speaker, talk } from './parts/talk.ts';
import type { TextureSound } from './sound.ts';

/** Who is in each variant. */
const casts: Record<string, readonly Speaker[]> = {
  man: ['man'],
  woman: ['woman'],
  child: ['child'],
  conversation: ['man', 'woman'],
};

/** One or two people who talk nearby, heard as through a wall or in a foreign tongue: nothing is to be understood. */
export const voice: TextureSound = {
  kind: 'texture',
  name: 'voice',
  summary: 'One or two people who talk, unintelligibly.',
  variants: ['conversation', 'man', 'woman', 'child'],
  loudness: -22,
  words: {
    strong:
      'talk speak chat converse conversation whisper murmur mumble narrate gossip dialogue speech voice-over ' +
      'child-vocalize person-vocalize woman-vocalize man-vocalize',
    weak:
      'voice announce announcer say lecture communicate auctioneer tutor speaker chant babble rap radio ' +
      'television tv news',
    variants: {
      man: 'man male men guy boy he',
      woman: 'woman female women lady girl she',
      child: 'child kid baby toddler infant boy',
      conversation: 'people conversation converse dialogue gossip',
    },
  },
  render(length, { variant, intensity }, random) {
    const room = createStereo(length);
    const cast = casts[variant] ?? casts.conversation!;
    for (const [place, speaker] of cast.entries()) {
      const pan = cast.length === 1 ? 0 : place === 0 ? -0.35 : 0.35;
      addPanned(
        room,
        talk(length, speaker, cast.length === 1 ? 0.7 : 2, random),
        0,
        between(random, 0.8, 1),
        pan,
      );
    }
    for (const channel of [room.left, room.right]) lowPass(channel, 2200 + 2600 * intensity, 0.6);
    addStereo(room, reverberate(room, { decay: 0.5, damping: 4000, delay: 0.008 }), 0, 0.35);
    return room;
  },
};
