import { findCameraWord } from '../../direct/camera-words.ts';
import { isPaceWord } from '../../direct/pace.ts';
import type { Token } from '../../direct/tokens.ts';
import {
  articles,
  cameraNouns,
  conjunctions,
  filmNouns,
  helpers,
  qualities,
  sequenceWords,
  shotNouns,
  togetherWords,
} from '../../direct/vocabulary.ts';
import { stemsOf } from './stems.ts';

const set = (list: string): Set<string> => new Set(list.trim().split(/\s+/));

/** Words that go with any place: how it moves and sounds, where it lies, how it is filmed. Singular or bare. */
const plain = set(`
  of in on at to from by with into onto over under above below across along around through between behind before beyond
  near beside beneath against toward towards during after until upon within off up down out far away there here where
  when while and or but nor as like than it its their our your my we you they i us them which who whose
  all each every both few many much more most some several lot lots very too quite rather only even again ever forever
  new old big small large little huge giant vast endless long short tall high low deep wide narrow open empty full wild
  beautiful stunning lovely pretty gorgeous amazing spectacular magnificent wonderful perfect pristine scenic pure fresh
  fine soft hard light heavy thick thin slow fast slight strong weak loud clean dry wet distant remote far close rough
  smooth delicate natural real realistic hyperrealistic photorealistic detailed cinematic aerial panoramic timelapse lapse
  hyperlapse footage background foreground scene view shot sight time day 4k 8k hd uhd film look style atmosphere mood
  ambience ambient background color colour tone hue light glow shine shadow reflection reflect sparkle shimmer glitter
  glisten twinkle gleam flicker flash beam ray sunbeam move moving motion movement drift float flow roll rise set fall
  drop blow sway wave dance crash break splash lap wash hit roar rumble howl whistle rustle crackle burn pour patter drip
  trickle gurgle babble rush swirl spin rotate turn pass spread cover fill surround stretch wind bend grow bloom melt
  freeze pull push come go begin start end stop stay stand lie hang make take give show see feature create become get
  sound noise sing chirp tweet call whoosh clap crack boom continue increase decrease intensify fade follow occur play
  running run air breeze gust heat edge top bottom middle center centre side line front back surface part piece end place
  bank foot spot area path trail way world heaven summer morning afternoon hour minute moment season year eve scenery
  outdoor outside someplace somewhere softly gently slowly quickly nature environment wilderness earth ground distance
  glass clear solid dotted lone lonely single solitary untouched hidden secret ancient quiet noisy continuous constant
  moderate endless consistent rhythmic music melody song tune twitter squawk coo vocalize flutter flap squeal burble dribble
  splatter roil build microphone loudness surrounding
  steady intermittent various multiple different numerous first second last next hill slope dew drop
`);

/** Whether a word that no lexicon knows may be passed over: it adds nothing that would have to be painted. */
export function isHarmless({ word }: Token): boolean {
  if (word.length < 3 || /\d/.test(word) || /(ly|ing|ed)$/.test(word)) return true;
  if (findCameraWord(word) || isPaceWord(word)) return true;
  return stemsOf(word).some(
    (stem) =>
      plain.has(stem) ||
      [
        articles,
        cameraNouns,
        conjunctions,
        filmNouns,
        helpers,
        qualities,
        sequenceWords,
        shotNouns,
        togetherWords,
      ].some((words) => words.has(stem)),
  );
}
