import type { Feature, ScenePlan, Weather } from './plan.ts';
import type { Scene } from './scene.ts';

const byWeather: Record<Weather, readonly string[]> = {
  clear: ['clouds'],
  cloudy: ['clouds'],
  overcast: ['clouds'],
  fog: ['fog'],
  rain: ['rain', 'clouds'],
  storm: ['rain', 'clouds'],
  snow: ['snow'],
};

const byFeature: Partial<Record<Feature, string>> = { fireflies: 'fireflies' };

/** The motions and overlays that go on by themselves in a painted scene: its own, its weather's, those of its features. */
export function movesOf(scene: Scene, { weather, time, season, features }: ScenePlan): string[] {
  const own = scene.moves ?? [];
  const added = features.flatMap((feature) => byFeature[feature] ?? []);
  if (scene.isSheltered) return [...own, ...added];
  const fallen = weather === 'storm' && season === 'winter' ? ['snow', 'clouds'] : byWeather[weather];
  // A clear night has stars, which stay where they are.
  const falling = fallen.filter((kind) => kind !== 'clouds' || time !== 'night' || weather !== 'clear');
  return [...own, ...falling, ...added];
}
