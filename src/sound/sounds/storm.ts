import { renderTexture } from '../textures/render-texture.ts';
import { stormRecording } from '../textures/storm-recording.ts';
import type { TextureSound } from './sound.ts';

/** A storm: rain in gusts and the weight of the air behind it, by the statistics of a recording. */
export const storm: TextureSound = {
  kind: 'texture',
  name: 'storm',
  summary: 'A storm: rain in gusts.',
  variants: ['gusts'],
  loudness: -22,
  words: {
    strong: 'tempest stormy-sea stormy-weather stormy-night raging-storm storm-rage storm-roar',
    weak: 'storm stormy',
  },
  render: (length, _parameters, random) => renderTexture(stormRecording, length, random),
};
