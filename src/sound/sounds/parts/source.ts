import type { Random } from '../../../random.ts';
import { addPanned } from '../../dsp/pan.ts';
import { reverberate } from '../../dsp/reverb.ts';
import { createStereo } from '../../samples.ts';
import type { SoundDescription, SoundParameters, TextureSound } from '../sound.ts';

/** A thing that sounds on in one place and can be drawn as one channel. */
export interface Source extends SoundDescription {
  /** `length` samples of it. */
  draw(length: number, parameters: SoundParameters, random: Random): Float32Array;
}

/** A texture that comes from one place: the ground and the walls nearby answer, so that it has a body in stereo. */
export function source({ draw, ...description }: Source): TextureSound {
  return {
    kind: 'texture',
    ...description,
    render(length, parameters, random) {
      const samples = createStereo(length);
      addPanned(samples, draw(length, parameters, random), 0, 1, 0);
      const walls = reverberate(samples, { decay: 0.4, damping: 5000, delay: 0.007 });
      for (let index = 0; index < length; index++) {
        samples.left[index]! += walls.left[index]! * 0.35;
        samples.right[index]! += walls.right[index]! * 0.35;
      }
      return samples;
    },
  };
}
