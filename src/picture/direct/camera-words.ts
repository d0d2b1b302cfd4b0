import type { CameraMoveKind, Direction } from './shot.ts';

/** Where a word points: a direction, or a way that each family reads in its own sense. */
export type Heading = Direction | 'around' | 'along';

/** A movement and its direction; `either` leaves left or right to the seed. */
export type MoveSense = [kind: CameraMoveKind, direction?: Direction | 'either' | 'either turn'];

/** What a verb of movement means with each heading. */
export interface Family {
  headings: Partial<Record<Heading, MoveSense>>;
  /** Without a heading; null when the word then says nothing. */
  bare: MoveSense | null;
}

const upAndDown = {
  up: ['pedestal', 'up'],
  down: ['pedestal', 'down'],
} as const satisfies Family['headings'];
const inAndOut = { in: ['dolly', 'in'], out: ['dolly', 'out'] } as const satisfies Family['headings'];
const sideways = {
  left: ['truck', 'left'],
  right: ['truck', 'right'],
  along: ['truck', 'either'],
  around: ['orbit', 'either'],
} as const satisfies Family['headings'];
const everyway: Family['headings'] = { ...upAndDown, ...inAndOut, ...sideways };
/** Seen from above, a camera in front of a thing that circles clockwise goes to its left. */
const circling: Family['headings'] = {
  left: ['orbit', 'left'],
  right: ['orbit', 'right'],
  clockwise: ['orbit', 'left'],
  counterclockwise: ['orbit', 'right'],
  around: ['orbit', 'either'],
};
const turning: Family['headings'] = {
  left: ['pan', 'left'],
  right: ['pan', 'right'],
  up: ['tilt', 'up'],
  down: ['tilt', 'down'],
  along: ['pan', 'either'],
};
const rolling: Family['headings'] = {
  left: ['roll', 'counterclockwise'],
  right: ['roll', 'clockwise'],
  clockwise: ['roll', 'clockwise'],
  counterclockwise: ['roll', 'counterclockwise'],
};

/** The families of camera verbs. */
export const families = {
  pan: { headings: { ...turning, in: ['zoom', 'in'], out: ['zoom', 'out'] }, bare: ['pan', 'either'] },
  tilt: { headings: { ...rolling, up: ['tilt', 'up'], down: ['tilt', 'down'] }, bare: ['tilt', 'up'] },
  zoom: { headings: { in: ['zoom', 'in'], out: ['zoom', 'out'] }, bare: ['zoom', 'in'] },
  dolly: { headings: everyway, bare: ['dolly', 'in'] },
  push: { headings: { in: ['dolly', 'in'] }, bare: null },
  pull: { headings: inAndOut, bare: null },
  truck: { headings: everyway, bare: ['truck', 'either'] },
  rise: { headings: everyway, bare: ['pedestal', 'up'] },
  sink: { headings: everyway, bare: ['pedestal', 'down'] },
  approach: { headings: everyway, bare: ['dolly', 'in'] },
  retreat: { headings: everyway, bare: ['dolly', 'out'] },
  orbit: { headings: circling, bare: ['orbit', 'either'] },
  roll: { headings: rolling, bare: ['roll', 'either turn'] },
  rotate: {
    headings: {
      ...turning,
      clockwise: ['roll', 'clockwise'],
      counterclockwise: ['roll', 'counterclockwise'],
    },
    bare: ['orbit', 'either'],
  },
  turn: { headings: { ...turning, around: ['orbit', 'either'] }, bare: null },
  sweep: { headings: turning, bare: ['pan', 'either'] },
  travel: { headings: everyway, bare: ['dolly', 'in'] },
  shake: { headings: {}, bare: ['handheld'] },
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof families;

/** A verb that moves a camera. */
export interface CameraWord {
  /** The imperative, then the third person, then what else occurs. */
  forms: string[];
  family: FamilyName;
  /**
   * `film`: a word of film-making; it needs no camera beside it. `plain`: everybody's verb; it counts with the camera as
   * its subject, or as an order at the start of a clause. `subject`: only with the camera as its subject.
   */
  trust: 'film' | 'plain' | 'subject';
  /** Its imperative is also a thing (a pan, a truck) and needs better company. */
  isThing?: true;
  /** A thing that stands about in pictures and may well be slow: that does not make it a movement. */
  isHeavy?: true;
  /** Boats and people do it too: it never counts after another noun. */
  isBodily?: true;
}

const film = (family: FamilyName, forms: string): CameraWord => ({
  forms: forms.split(' '),
  family,
  trust: 'film',
});
const thing = (family: FamilyName, forms: string): CameraWord => ({ ...film(family, forms), isThing: true });
const plain = (family: FamilyName, forms: string): CameraWord => ({ ...film(family, forms), trust: 'plain' });
const subject = (family: FamilyName, forms: string): CameraWord => ({
  ...film(family, forms),
  trust: 'subject',
});

/** Every verb that moves a camera. */
const cameraWords: CameraWord[] = [
  film('zoom', 'zoom zooms zooming zoomed'),
  thing('pan', 'pan pans panning panned'),
  film('truck', 'parallax'),
  { ...film('tilt', 'tilt tilts tilting tilted'), isBodily: true },
  thing('dolly', 'dolly dollies dollys dollying'),
  { ...film('push', 'push pushes pushing'), isBodily: true },
  { ...film('pull', 'pull pulls pulling'), isBodily: true },
  { ...thing('truck', 'truck trucks trucking'), isHeavy: true },
  { ...thing('truck', 'track tracks tracking'), isHeavy: true, isBodily: true },
  { ...thing('rise', 'crane cranes craning'), isHeavy: true, isBodily: true },
  { ...thing('rise', 'boom booms booming'), isHeavy: true, isBodily: true },
  { ...thing('rise', 'jib jibs jibbing'), isHeavy: true, isBodily: true },
  { ...thing('rise', 'pedestal pedestals pedestaling'), isHeavy: true, isBodily: true },
  { ...thing('orbit', 'orbit orbits orbiting orbital'), isBodily: true },
  { ...thing('orbit', 'arc arcs arcing'), isBodily: true },
  plain('orbit', 'circle circles circling'),
  plain('orbit', 'revolve revolves revolving'),
  plain('rotate', 'rotate rotates rotating rotation'),
  plain('travel', 'move moves moving movement movements motion'),
  plain('travel', 'glide glides gliding'),
  plain('travel', 'fly flies flying'),
  plain('travel', 'travel travels traveling travelling'),
  plain('travel', 'creep creeps creeping'),
  plain('approach', 'approach approaches approaching'),
  plain('approach', 'advance advances advancing'),
  plain('retreat', 'retreat retreats retreating'),
  plain('retreat', 'recede recedes receding'),
  plain('rise', 'rise rises rising'),
  plain('rise', 'ascend ascends ascending'),
  plain('sink', 'descend descends descending'),
  plain('sweep', 'sweep sweeps sweeping'),
  subject('truck', 'slide slides sliding'),
  subject('truck', 'follow follows following'),
  subject('travel', 'float floats floating'),
  subject('travel', 'drift drifts drifting'),
  subject('travel', 'walk walks walking'),
  subject('travel', 'drive drives driving'),
  subject('travel', 'come comes coming'),
  subject('travel', 'go goes going'),
  subject('travel', 'get gets getting'),
  subject('travel', 'inch inches inching'),
  subject('push', 'close closes closing'),
  subject('push', 'ease eases easing'),
  subject('rise', 'lift lifts lifting'),
  subject('rise', 'climb climbs climbing'),
  subject('sink', 'lower lowers lowering'),
  subject('sink', 'sink sinks sinking'),
  subject('sink', 'drop drops dropping'),
  subject('turn', 'turn turns turning'),
  subject('turn', 'look looks looking'),
  subject('turn', 'swing swings swinging'),
  subject('turn', 'whip whips whipping'),
  subject('roll', 'roll rolls rolling'),
  subject('roll', 'spin spins spinning'),
  subject('shake', 'shake shakes shaking shaky shakiness'),
  subject('shake', 'jitter jitters jittering jittery'),
  subject('shake', 'wobble wobbles wobbling wobbly'),
  subject('shake', 'tremble trembles trembling'),
  subject('shake', 'sway sways swaying'),
];

const byForm = new Map(cameraWords.flatMap((entry) => entry.forms.map((form) => [form, entry] as const)));

/** The camera verb that a word is a form of. */
export function findCameraWord(word: string): CameraWord | undefined {
  return byForm.get(word);
}

/** Set phrases of film-making that need no grammar; movements of one phrase happen together. */
export const setPhrases: [phrase: string[], moves: MoveSense[]][] = (
  [
    [
      'dolly zoom',
      [
        ['dolly', 'in'],
        ['zoom', 'out'],
      ],
    ],
    [
      'hitchcock zoom',
      [
        ['dolly', 'in'],
        ['zoom', 'out'],
      ],
    ],
    [
      'vertigo effect',
      [
        ['dolly', 'in'],
        ['zoom', 'out'],
      ],
    ],
    [
      'vertigo shot',
      [
        ['dolly', 'in'],
        ['zoom', 'out'],
      ],
    ],
    [
      'ken burns',
      [
        ['zoom', 'in'],
        ['pan', 'either'],
      ],
    ],
    ['bullet time', [['orbit', 'either']]],
    ['360 degree', [['orbit', 'either']]],
    ['360 degrees', [['orbit', 'either']]],
    ['360 shot', [['orbit', 'either']]],
    ['360 around', [['orbit', 'either']]],
    ['360 spin', [['orbit', 'either']]],
    ['360 view', [['orbit', 'either']]],
    ['360 rotation', [['orbit', 'either']]],
    ['camera shake', [['handheld']]],
    ['shaky cam', [['handheld']]],
    ['shaky camera', [['handheld']]],
    ['shaky footage', [['handheld']]],
    ['shaky shot', [['handheld']]],
    ['wobbly camera', [['handheld']]],
    ['handheld camera', [['handheld']]],
    ['handheld cam', [['handheld']]],
    ['handheld shot', [['handheld']]],
    ['handheld footage', [['handheld']]],
    ['handheld style', [['handheld']]],
    ['handheld look', [['handheld']]],
    ['handheld feel', [['handheld']]],
    ['handheld video', [['handheld']]],
    ['handheld movement', [['handheld']]],
    ['handheld motion', [['handheld']]],
    ['found footage', [['handheld']]],
  ] as [string, MoveSense[]][]
).map(([phrase, moves]) => [phrase.split(' '), moves]);
