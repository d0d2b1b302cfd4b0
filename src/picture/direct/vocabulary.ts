/** The words around a camera word. Words are lower case; hyphens have become spaces. */

const words = (list: string): Set<string> => new Set(list.trim().split(/\s+/));

/** What films: as a subject these make any verb a camera's. */
export const cameraNouns = words(`
  camera cam cameraman lens shot view viewpoint perspective pov viewer we drone steadicam gimbal
`);

/** What is filmed, and zooms or pans only in the language of film. */
export const filmNouns = words('video clip footage frame framing image picture photo scene animation');

/** After a camera word these make it one: `tracking shot`. */
export const shotNouns = words(
  'shot shots move moves movement movements motion effect camera cam transition',
);

export const articles = words('a an the this that one some each any another its');

/** After these a phrase may begin that is about the camera: `with a slow zoom`. */
export const openers = words(`
  with by using via use featuring add adds apply do perform create make makes want need please while as for plus like
  into try include including let let's
`);

/** After these stands a thing or a place: `in a pan`. */
export const placePrepositions = words('in on inside from of at near behind under over beside onto off');

/** After these the camera is what somebody looks at: `she walks towards the camera`. */
export const towardsPrepositions = words('at to toward towards past into from by behind facing of before');

export const conjunctions = words('and or nor but then before after plus until');

/** Between a subject and its verb. */
export const helpers = words(`
  is are be being been was will would should must can could shall may does do did has have to that which starts start
  starting begins begin beginning keeps keep continues continue also then first firstly now just only always never not no without
  don't doesn't won't isn't aren't shouldn't mustn't didn't can't cannot still up
`);

/** Adjectives and nouns that stand before a camera word and describe a movement, other than those of pace. */
export const qualities = words(`
  smooth cinematic sweeping horizontal vertical lateral long short full wide low high aerial single simple graceful
  elegant beautiful nice tiny small big very super ultra really extremely too so more quite paced speed steady
  little bit almost reverse overhead floating angle handheld degree degrees camera hyper slow mo
`);

/** What makes something not be done. */
export const negators = words(`
  no not never without avoid avoiding zero don't doesn't won't isn't aren't shouldn't mustn't didn't can't cannot
  neither free lacking stop
`);

/** What ends the reach of a negator. */
export const contrasts = words('but while as then so just only instead except rather');

/** What one movement has to wait for. */
export const sequenceWords = words(`
  then before followed after finally next later until once ending ends end afterwards eventually subsequently
  transitioning transitions
`);

/** What makes two movements one, even across a full stop. */
export const togetherWords = words('while meanwhile simultaneously same also as');

/** Words whose camera sense is a trap: the whole phrase is passed over. */
export const trapPhrases: string[][] = [
  'slow motion',
  'slow mo',
  'still life',
  'still image',
  'still photo',
  'tracking number',
  'tracking device',
  'tracking code',
  'tracking collar',
  'tracking system',
  'rolling pin',
  'rolling hills',
  'rolling stock',
  'zoom call',
  'zoom meeting',
  'zoom lens',
  'pan flute',
  'peter pan',
  'frying pan',
  'baking pan',
  'sauce pan',
  'train tracks',
  'railway tracks',
  'race track',
  'movie set',
  'motion blur',
  'camera lens',
  'shot glass',
  'arc light',
  'arc lamp',
  'crane fly',
].map((phrase) => phrase.split(' '));

/** Whether a word is an adverb of manner; `fly` is not. */
export function isAdverb(word: string): boolean {
  return word.length > 4 && word.endsWith('ly');
}
