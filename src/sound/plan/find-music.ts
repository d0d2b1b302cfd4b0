import type { MusicGenre, MusicLead, MusicMood, MusicParameters } from '../music/styles.ts';
import { dropFilmLanguage } from './film-language.ts';
import { findDenied } from './negation.ts';
import { phraseKey, readWords, type Word } from './words.ts';

/** Words that ask for music by themselves. */
const strong = stems(
  'music musical song melody soundtrack tune techno orchestra symphony lofi chiptune synthwave edm jingle lullaby',
);

/** Words that ask for it where everything is about sound. */
const weak = stems(
  'piano guitar violin cello synth synthesizer string drum score ambient jazz rock waltz harp orchestral accordion bagpipe ' +
    'bagpipes banjo bassoon bongo bugle castanets clarinet conga cornet cymbal didgeridoo djembe bass erhu flute glockenspiel ' +
    'guiro organ harmonica harpsichord mandolin marimba xylophone oboe saxophone shofar sitar steelpan tabla theremin ' +
    'timbales trombone trumpet tympani timpani ukulele vibraphone washboard zither instrument chiptune trance',
);

/** Those of them that play in a picture's prompt too, when a mood or what they do stands beside them: "sad piano". */
const played = stems('piano guitar violin cello harp flute ukulele accordion jazz orchestral waltz');

/** Within three words after it: "jazz in the background", "a piano plays softly". */
const playing = stems('play playing background');

/** Genres by their words; the first that matches wins, so the particular stand before the general. */
const genres: readonly (readonly [MusicGenre, ReadonlySet<string>])[] = [
  ['chiptune', stems('chiptune arcade retro pixel gameboy eightbit videogame')],
  ['horror', stems('horror scary creepy spooky haunted sinister eerie terrifying nightmare')],
  ['jazz', stems('jazz jazzy swing bebop blues saloon noir lounge saxophone')],
  ['rock', stems('rock metal punk grunge hardrock distorted guitarriff band')],
  ['orchestral', stems('orchestra orchestral symphony symphonic philharmonic classical baroque waltz')],
  ['lofi', stems('lofi lo chill hiphop hip relaxed groovy study beat cafe')],
  [
    'electronic',
    stems('electronic techno synth synthwave edm house dance trance club futuristic cyberpunk dubstep neon'),
  ],
  ['acoustic', stems('acoustic guitar folk country ukulele banjo campfire indie pop')],
  [
    'ambient',
    stems(
      'ambient meditation drone spa dreamy ethereal atmospheric space sleep yoga serene lullaby underwater',
    ),
  ],
  ['cinematic', stems('cinematic film trailer string violin cello piano score epic dramatic')],
];

const moods: readonly (readonly [MusicMood, ReadonlySet<string>])[] = [
  [
    'happy',
    stems('happy upbeat joyful cheerful fun bright playful uplifting sunny celebration positive party cute'),
  ],
  [
    'sad',
    stems(
      'sad melancholic melancholy sorrow sorrowful lonely emotional tearful nostalgic mournful heartbreak',
    ),
  ],
  ['epic', stems('epic heroic triumphant grand powerful battle trailer majestic war adventure massive')],
  [
    'tense',
    stems(
      'tense suspense suspenseful dark ominous scary horror thriller mysterious eerie creepy dramatic spooky',
    ),
  ],
  [
    'calm',
    stems(
      'calm gentle soft peaceful relaxed relaxing soothing quiet slow tender romantic dreamy serene chill lullaby',
    ),
  ],
];

const leads: readonly (readonly [MusicLead, ReadonlySet<string>])[] = [
  ['piano', stems('piano keyboard')],
  ['guitar', stems('guitar ukulele banjo harp')],
  ['strings', stems('string violin cello orchestra orchestral symphony')],
  ['bell', stems('bell chime glockenspiel celesta box')],
  ['pluck', stems('synth arpeggio arp techno edm')],
];

const fast = stems('fast upbeat energetic driving quick dance lively');
const slow = stems('slow gentle calm meditation lullaby slowly');
const drumless = stems('drum drumless beat percussion');

function stems(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(phraseKey));
}

/** Music that words ask for. */
export interface FoundMusic {
  parameters: MusicParameters;
  /** The word that asked, or the whole of the music's own prompt. */
  words: string;
}

/** What a prompt for music alone asks for; undefined when it denies music or is empty. */
export function readMusicPrompt(text: string): FoundMusic | undefined {
  const words = readWords(text);
  const denied = findDenied(words);
  if (words.length === 0 || (words.length < 4 && /^(none|off|silence|no)$/.test(words[0]!.text)))
    return undefined;
  if (words.some((word, place) => denied[place] && word.stem === 'music')) return undefined;
  return { parameters: readStyle(words, denied), words: text.trim() };
}

/** The music that a text about the picture or the sound asks for; undefined when it asks for none. */
export function findMusic(text: string, aboutSound: boolean): FoundMusic | undefined {
  const words = dropFilmLanguage(readWords(text));
  const denied = findDenied(words);
  const asks = (word: Word, place: number) =>
    !denied[place] &&
    (strong.has(word.stem) ||
      (aboutSound && weak.has(word.stem)) ||
      (played.has(word.stem) && isPlayed(words, place)));
  const place = words.findIndex(asks);
  const denies = words.some((word, at) => denied[at] && strong.has(word.stem));
  if (place < 0 || denies) return undefined;
  // The style stands beside the music: "happy children, sad piano music" is sad.
  const clause = words[place]!.clause;
  const beside = readWords(text).filter((word) => word.clause === clause);
  return { parameters: readStyle(beside, findDenied(beside)), words: words[place]!.text };
}

/** A mood right before it, or soon after it what instruments do. */
function isPlayed(words: readonly Word[], place: number): boolean {
  const { clause } = words[place]!;
  const inClause = (word: Word | undefined) => word?.clause === clause;
  const before = words[place - 1];
  const hasMood = inClause(before) && moods.some(([, stems]) => stems.has(before!.stem));
  return (
    hasMood || words.slice(place + 1, place + 4).some((word) => inClause(word) && playing.has(word.stem))
  );
}

function readStyle(words: readonly Word[], denied: readonly boolean[]): MusicParameters {
  const said = words.filter((_, place) => !denied[place]);
  const choose = <Name>(choices: readonly (readonly [Name, ReadonlySet<string>])[]): Name | undefined =>
    choices.find(([, stems]) => said.some((word) => stems.has(word.stem)))?.[0];
  const mood = choose(moods) ?? 'neutral';
  const genre =
    choose(genres) ??
    ({
      happy: 'acoustic',
      sad: 'cinematic',
      epic: 'cinematic',
      tense: 'cinematic',
      calm: 'ambient',
      neutral: 'lofi',
    }[mood] as MusicGenre);
  const lead = choose(leads);
  const pace = said.some((word) => fast.has(word.stem))
    ? 0.9
    : said.some((word) => slow.has(word.stem))
      ? 0.1
      : 0.5;
  const drums = !words.some((word, place) => denied[place] && drumless.has(word.stem));
  return { genre, mood, pace, drums, ...(lead !== undefined && { lead }) };
}
