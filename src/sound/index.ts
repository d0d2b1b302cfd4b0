export { renderSound } from './mix/render-sound.ts';
export type { MusicParameters } from './music/styles.ts';
export { planSound, trackLoudness } from './plan/plan-sound.ts';
export type { PictureEvent, SoundLayer, SoundPlan, SoundRequest } from './plan/sound-plan.ts';
export { SAMPLE_RATE, type StereoSamples } from './samples.ts';
export type { SoundEvent, SoundGenerator, SoundParameters } from './sounds/sound.ts';
