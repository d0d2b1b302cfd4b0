import { stem, type Word } from './words.ts';

/** Words of the camera crew. Nothing of theirs makes a sound. */
const filmWords = stems(
  'camera shot shots lens viewpoint perspective pov closeup dolly zoom pan panning tilt tracking timelapse slowmo footage clip render cgi ' +
    'bokeh cinematic cinematography footage fov handheld steadicam gimbal vignette framing panorama hyperlapse footage',
);

/** Subjects whose verbs are camera moves only when they follow directly: "the drone flies", "the view spins". */
const filmSubjects = stems('camera shot view lens drone perspective pov frame scene image');

/** What a camera does and how. Beside a film word they belong to it, and are no sound and no modifier. */
const cameraActions = stems(
  'move movement motion pan zoom tilt dolly truck orbit circle rotate spin swing sweep swoop whip crash rush fly glide ' +
    'drift float push pull track follow shake rise sink drop descend ascend lift climb crane arc roll turn revolve run ' +
    'walk go come travel pass cut snap slice angle work close wide medium extreme aerial establishing ' +
    'slow fast quick smooth gentle sudden steady rapid sharp soft dramatic dynamic epic subtle ' +
    'left right up down in out into inward outward forward backward back away around sideways upward downward ' +
    'and then is very slightly gradual continuous overhead low high bird eye drone',
);

/** Runs of words that mean the film and not the world; the last word of each is kept in the list for its place. */
const filmPhrases = [
  'bird eye view',
  'bird s eye view',
  'fish eye',
  'crash zoom',
  'whip pan',
  'jump cut',
  'match cut',
  'smash cut',
  'cross cut',
  'hard cut',
  'quick cut',
  'cut to',
  'cut back',
  'cut away',
  'fade in',
  'fade out',
  'push in',
  'slow motion',
  'time lapse',
  'long exposure',
  'depth of field',
  'drone shot',
  'drone footage',
  'rack focus',
  'electronic music video',
  'camera clicks into place',
].map((phrase) => phrase.split(' ').map(stem));

function stems(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(stem));
}

/** The words without the language of film: "slow pan left over the sea" leaves "over the sea". */
export function dropFilmLanguage(words: readonly Word[]): Word[] {
  const dropped = new Uint8Array(words.length);
  for (let place = 0; place < words.length; place++) {
    for (const phrase of filmPhrases) {
      if (phrase.every((part, offset) => words[place + offset]?.stem === part)) {
        dropped.fill(1, place, place + phrase.length);
      }
    }
    const word = words[place]!;
    const film = filmWords.has(word.stem);
    if (!film && !filmSubjects.has(word.stem)) continue;
    const sameClause = (at: number) => words[at] !== undefined && words[at].clause === word.clause;
    const belongs = (at: number) =>
      sameClause(at) && (filmWords.has(words[at]!.stem) || cameraActions.has(words[at]!.stem));
    let after = place + 1;
    while (belongs(after)) after++;
    if (film || after > place + 1) dropped.fill(1, place, after);
    if (!film) continue;
    for (let before = place - 1; belongs(before); before--) dropped[before] = 1;
  }
  return words.filter((_, place) => dropped[place] === 0);
}
