import type { Region } from './canvas/canvas.ts';

export type Time = 'dawn' | 'day' | 'golden hour' | 'sunset' | 'dusk' | 'night';
export type Weather = 'clear' | 'cloudy' | 'overcast' | 'fog' | 'rain' | 'storm' | 'snow';
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Mood =
  | 'calm'
  | 'dramatic'
  | 'dreamy'
  | 'mystical'
  | 'gloomy'
  | 'cheerful'
  | 'warm'
  | 'cold'
  | 'vivid'
  | 'pastel'
  | 'monochrome';

/** Things that a scene may hold besides what it always holds. */
export type Feature =
  | 'moon'
  | 'stars'
  | 'birds'
  | 'boat'
  | 'lightning'
  | 'rainbow'
  | 'fireflies'
  | 'fireworks'
  | 'tropical'
  | 'lavender'
  | 'wheat'
  | 'sunflowers'
  | 'poppies'
  | 'pines'
  | 'big waves'
  | 'planet'
  | 'galaxy';

/** A colour that the words give to one region, to what blooms in it, or to the whole picture. */
export interface Tint {
  region: Region | 'flowers' | 'all';
  /** sRGB, `0xff70b0`. */
  hex: number;
  /** The word: `pink`. */
  name: string;
}

/** What is painted, and which words chose it. Plain JSON. */
export interface ScenePlan {
  /** Name of the scene: `sea`. */
  scene: string;
  time: Time;
  weather: Weather;
  season: Season;
  mood: Mood[];
  palette: Tint[];
  features: Feature[];
  /** One sentence a choice: `scene sea: "ocean waves"`, `time day: the scene's own`. */
  why: string[];
}
