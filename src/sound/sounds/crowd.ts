import { between, type Random } from '../../random.ts';
import { driftCurve } from '../dsp/drift.ts';
import { bandPass, highPass, lowPass } from '../dsp/filter.ts';
import { pinkNoise } from '../dsp/noise.ts';
import { addPanned, addStereo } from '../dsp/pan.ts';
import { reverberate } from '../dsp/reverb.ts';
import { narrow } from '../dsp/width.ts';
import { createStereo, type StereoSamples } from '../samples.ts';
import { pick } from './parts/chance.ts';
import { talk } from './parts/talk.ts';
import type { TextureSound } from './sound.ts';

/** A murmur of many people, none of them to be understood. */
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
    const talkers = 8 + Math.round(10 * density);
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
    addBabble(room, random);
    narrow(room, 0.4);
    return room;
  },
};

/** The people too far to be heard one by one: noise with the spectrum and the rhythm of speech. */
function addBabble(samples: StereoSamples, random: Random): void {
  const length = samples.left.length;
  for (const channel of [samples.left, samples.right]) {
    const low = bandPass(pinkNoise(length, random), 300, 0.6);
    const high = highPass(bandPass(pinkNoise(length, random), 1500, 0.7), 700);
    const syllables = driftCurve(length, 4.5, random, 2);
    const murmur = driftCurve(length, 0.6, random, 2);
    for (let index = 0; index < length; index++) {
      const talk = 0.3 + 1.4 * syllables[index]! * syllables[index]!;
      channel[index]! +=
        (low[index]! * 0.1 + high[index]! * 0.025 * talk) * talk * (0.6 + 0.8 * murmur[index]!);
    }
  }
}
