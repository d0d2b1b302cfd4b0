import { between } from '../../random.ts';
import { lowPass } from '../dsp/filter.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo } from '../samples.ts';
import { coffeeShopRecording } from '../textures/coffee-shop-recording.ts';
import { renderTexture } from '../textures/render-texture.ts';
import { pick } from './parts/chance.ts';
import { talk } from './parts/talk.ts';
import type { TextureSound } from './sound.ts';

/** Level of those who cannot be heard one by one against the rest. */
const MURMUR = 0.5;

/** A murmur of many people, none of them to be understood: some voices over the statistics of a recording. */
export const crowd: TextureSound = {
  kind: 'texture',
  name: 'crowd',
  summary: 'Many people who talk at once.',
  variants: ['indoors'],
  loudness: -24,
  words: {
    strong:
      'crowd crowded audience chatter babble restaurant cafe coffee-shop people-talk people-speak ' +
      'people-chat bustle bustling murmur-of-voices market marketplace bazaar party banquet pub diner ' +
      'food-court hubbub guests-talk people-converse group-of-people-talk crowd-murmur',
    weak: 'murmur mall bar festival station public crowd-talk children-play kid-play',
  },
  render(length, { density }, random) {
    const room = createStereo(length);
    const talkers = 3 + Math.round(6 * density);
    for (let talker = 0; talker < talkers; talker++) {
      const pan = between(random, -0.95, 0.95);
      addPanned(
        room,
        talk(length, pick(random, ['man', 'woman']), 1.4, random),
        0,
        between(random, 0.15, 1) ** 1.5,
        pan,
      );
    }
    const wet = reverberate(room, { decay: 0.9, damping: 4000, delay: 0.012 });
    for (const channel of [room.left, room.right]) lowPass(channel, 3400, 0.6);
    addStereo(room, wet, 0, 0.9);
    // The people too far to be heard one by one.
    addStereo(room, renderTexture(coffeeShopRecording, length, random), 0, MURMUR);
    narrow(room, 0.4);
    return room;
  },
};
