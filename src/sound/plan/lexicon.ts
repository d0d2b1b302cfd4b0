/**
 * The words of one sound. In all lists words are separated by spaces, a hyphen joins the words of a phrase, and the
 * endings do not matter ("crash" is also "crashing").
 */
export interface LexiconEntry {
  /** A sound of `sounds/index.ts`. */
  generator: string;
  /** Words that mean this sound by themselves. */
  strong: string;
  /**
   * Words that may mean it: they count in a sound prompt, where everything is about sound, and where a strong word of
   * the same entry stands in the same text.
   */
  weak?: string;
  /** For every variant that needs words: the one whose words stand nearest is chosen. */
  variants?: Record<string, string>;
}

/** What words sound like. A word may stand in several entries: a sword both whistles and rings. */
export const lexicon: readonly LexiconEntry[] = [
  {
    generator: 'ocean',
    strong:
      'ocean sea surf seaside shore shoreline seashore beach coast coastline tide wave-crash wave-break wave-roll wave-lap ' +
      'crash-wave break-wave roll-wave lap-wave gentle-wave big-wave wave-splash-against ocean-wave sea-wave',
    weak: 'wave swell lagoon bay',
  },
  {
    generator: 'stream',
    strong:
      'stream creek brook river waterfall cascade rivulet fountain rapids water-flow water-run water-trickle water-pour ' +
      'flow-water run-water trickle-water pour-water water-fall babble-brook gurgle trickle faucet water-rush rush-water ' +
      'water-splash splash-water water-drip',
    weak: 'water flow pour splash bank pond tap drain',
    variants: {
      brook: 'brook creek trickle babble gurgle stream faucet fountain',
      river: 'river rapids rush flow',
      waterfall: 'waterfall cascade water-fall fall pour',
    },
  },
  {
    generator: 'rain',
    strong:
      'rain rainy rainfall drizzle downpour raindrop rainstorm thunderstorm monsoon shower-of-rain cloudburst',
    weak: 'storm stormy drop patter',
    variants: {
      roof: 'roof tin window windowpane umbrella tent car windshield',
      water: 'puddle lake pond river pool',
    },
  },
  {
    generator: 'thunder',
    strong: 'thunder thunderstorm lightning thunderclap thunderous',
    weak: 'storm stormy rumble',
    variants: { far: 'distant far distance faraway away' },
  },
  {
    generator: 'wind',
    strong:
      'wind windy breeze breezy gust blizzard hurricane tornado gale snowstorm sandstorm windswept rustle rustling-leaf',
    weak: 'storm stormy blow howl leaf foliage draft',
    variants: {
      howling: 'howl whistle blizzard gale moan eerie',
      leaves: 'leaf tree forest foliage wood branch rustle grass autumn meadow',
    },
  },
  {
    generator: 'fire',
    strong:
      'campfire bonfire fireplace flame burn crackle ember blaze wildfire hearth bonfire candle-flame torch',
    weak: 'fire lava lighter match',
  },
  {
    generator: 'birds',
    strong:
      'bird birdsong songbird chirp tweet sparrow robin lark nightingale warbler finch blackbird birdcall canary wren ' +
      'chickadee thrush bird-sing',
    weak: 'peep dawn-chorus cuckoo parakeet parrot',
  },
  { generator: 'gulls', strong: 'gull seagull seabird tern', weak: 'albatross' },
  {
    generator: 'insects',
    strong: 'cricket cicada grasshopper katydid insect summer-night',
    weak: 'bug',
    variants: { cicadas: 'cicada' },
  },
  {
    generator: 'crowd',
    strong:
      'crowd crowded audience chatter babble restaurant cafe coffee-shop people-talk people-speak people-chat bustle ' +
      'bustling murmur-of-voices market marketplace bazaar party banquet pub diner food-court hubbub conversation ' +
      'man-and-woman-talk man-and-woman-speak people-converse guests-talk people-laugh',
    weak: 'people voice murmur talk speak mall bar festival station children',
  },
  {
    generator: 'city',
    strong:
      'city traffic urban downtown highway freeway cityscape car-pass car-drive motorway intersection rush-hour skyscraper ' +
      'times-square busy-street city-street street-noise cars vehicles-pass vehicle-drive',
    weak: 'street road car vehicle truck bus taxi avenue alley bridge',
    variants: {
      traffic: 'traffic car highway freeway motorway vehicle truck bus taxi street road rush-hour',
    },
  },
  {
    generator: 'footsteps',
    strong: 'footstep footfall walk jog stroll stomp march tread pace-around wander hike strut tiptoe run',
    weak: 'step feet foot shoe heel boot',
    variants: {
      gravel: 'gravel pebble path trail dirt track ground rock',
      wood: 'wood wooden floor floorboard plank deck stair stage corridor hall hallway boardwalk',
      snow: 'snow snowy ice icy winter blizzard',
      leaves: 'leaf forest autumn grass meadow field jungle woods',
      sand: 'sand beach desert dune shore shoreline',
      stone: 'street pavement sidewalk stone concrete tile marble city asphalt runway road',
    },
  },
  {
    generator: 'impact',
    strong:
      'knock thud thump bang slam clang clank clink clatter hammer smash shatter anvil blacksmith katana samurai sword ' +
      'swordfight duel knife-cut slice chop chopping-board cut-cake cake-cut cut-into being-cut glass-break break-glass clash',
    weak: 'hit strike drop punch collide collision blow tap crash impact',
    variants: {
      metal:
        'metal steel iron anvil blacksmith sword katana samurai blade clang clank pan pot duel clash swordfight armor chain',
      glass: 'clink glass bottle ceramic cup',
      stone: 'stone rock brick boulder concrete wall',
      wood: 'wood wooden door table box crate board cake bread vegetable cut chop slice knock thud thump',
      shatter: 'shatter smash break',
    },
  },
  {
    generator: 'whoosh',
    strong:
      'whoosh swoosh swish katana samurai sword swordfight blade slice knife-cut cut-cake cake-cut cut-into being-cut ' +
      'slash whip-crack fly-past fly-by flies-past zoom-past speed-past rush-past sweep-past warp teleport',
    weak: 'sweep swing swipe pass throw arrow spin whip',
    variants: {
      blade: 'katana samurai sword blade knife slice cut slash swordfight dagger axe scissors',
      deep: 'giant huge massive dragon spaceship ship monster planet enormous',
    },
  },
];

/** Phrases whose words mean something else together; what they hold is not looked at any further. */
export const idioms =
  'wave-at wave-to wave-goodbye wave-hello wave-her wave-his wave-their hand-wave wave-hand wave-hair hair-wave heat-wave ' +
  'sound-wave shock-wave light-wave wave-of-light wave-flag flag-wave wave-in-the-wind wave-from hand-wave wavy-hair ' +
  'stream-of-light light-stream sunlight-stream stream-through stream-in stream-down live-stream stream-of-tears ' +
  'stream-of-people fire-gun fire-a gun-fire open-fire fire-hydrant fire-truck fire-escape on-fire-emotion ' +
  'rain-of-petal rain-of-confetti rain-coat rain-boot rainbow step-by-step step-back step-in run-water run-through-her ' +
  'run-through-his hair-run run-down-her run-down-his running-river river-run-through run-mascara ' +
  'run-finger run-her run-his run-a-hand walk-in-closet fashion-runway sea-of-people sea-of-cloud sea-of-flower ' +
  'sea-of-light cloud-sea ocean-of-people party-dress party-hat early-bird wind-turbine-blade wind-up wind-chime ' +
  'blade-of-grass grass-blade shoulder-blade market-value bird-of-paradise eye-burn burn-orange crowd-of-tree ' +
  'flame-red fire-red burn-sun in-the-city-of baby-shower river-bank-account bank-account drop-of-color slice-of-life ' +
  'lightning-fast lightning-bug sun-burn burn-calorie electronic-device electronic-screen table-tennis';
