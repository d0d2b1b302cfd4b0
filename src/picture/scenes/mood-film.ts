import type { Film } from './canvas/film.ts';
import type { Mood, ScenePlan } from './plan.ts';

/** What a mood changes in the development; moods without an entry change only the light or the wind. */
const changes: Partial<Record<Mood, (film: Film) => Film>> = {
  dramatic: (film) => ({ ...film, vignette: film.vignette + 0.18, saturation: film.saturation * 1.1 }),
  dreamy: (film) => ({ ...film, bloomThreshold: 0.5, bloom: 0.6, saturation: film.saturation * 0.94 }),
  mystical: (film) => ({ ...film, bloomThreshold: 0.5, bloom: 0.5, shadows: [0.9, 1, 1.1] }),
  gloomy: (film) => ({ ...film, saturation: film.saturation * 0.78, vignette: film.vignette + 0.12 }),
  cheerful: (film) => ({ ...film, exposure: film.exposure * 1.25, saturation: film.saturation * 1.14 }),
  warm: (film) => ({ ...film, highlights: [1.1, 1, 0.84], shadows: [1.12, 1, 0.88] }),
  cold: (film) => ({ ...film, highlights: [0.9, 1, 1.1], shadows: [0.86, 0.98, 1.17] }),
  vivid: (film) => ({ ...film, saturation: film.saturation * 1.4 }),
  pastel: (film) => ({
    ...film,
    saturation: film.saturation * 0.62,
    exposure: film.exposure * 1.25,
    vignette: 0.1,
  }),
  monochrome: (film) => ({ ...film, saturation: 0, shadows: [1, 1, 1], highlights: [1, 1, 1] }),
};

/** The development of a picture in its plan's moods. */
export function moodFilm(film: Film, plan: ScenePlan): Film {
  const night = plan.time === 'night' ? { ...film, exposure: film.exposure * 1.45 } : film;
  return plan.mood.reduce((result, mood) => changes[mood]?.(result) ?? result, night);
}
