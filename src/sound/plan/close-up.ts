import type { SoundLayer, SoundPlan } from './sound-plan.ts';

/** Integrated loudness of a track that is made beside the ear, in LUFS: a whisper under the others' −16. */
const LOUDNESS = -26;
/** The air is farther away than what is close, in dB. */
const AIR = -8;

/** How the parameters of a sound change that is near: softer, slower, with more of its single grains. */
function comeClose(layer: SoundLayer): SoundLayer {
  if (layer.kind === 'music')
    return { ...layer, parameters: { ...layer.parameters, drums: false, pace: 0.1 } };
  const { intensity, density, pace } = layer.parameters;
  const parameters = {
    ...layer.parameters,
    intensity: 0.6 * intensity,
    density: Math.min(1, density + 0.25),
    pace: 0.7 * pace,
  };
  return { ...layer, parameters, distance: 0 };
}

/** The same plan as it is recorded beside the ear: close, dry, quiet and full of detail. */
export function closeUp(plan: SoundPlan): SoundPlan {
  const [air, ...layers] = plan.layers;
  const far = air ? [{ ...air, gainDecibels: air.gainDecibels + (layers.length > 0 ? AIR : 0) }] : [];
  return {
    ...plan,
    space: 'dry',
    loudness: Math.min(plan.loudness, LOUDNESS),
    layers: [...far, ...layers.map(comeClose)],
  };
}
