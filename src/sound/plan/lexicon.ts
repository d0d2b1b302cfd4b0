import { sounds } from '../sounds/index.ts';
import type { SoundWords } from '../sounds/sound.ts';

/** The words of one sound. */
export interface LexiconEntry extends SoundWords {
  /** A sound of `sounds/index.ts`. */
  generator: string;
}

/** What words sound like: every sound brings its own. */
export const lexicon: readonly LexiconEntry[] = sounds.map(({ name, words }) => ({
  generator: name,
  ...words,
}));

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
  'lightning-fast lightning-bug sun-burn burn-calorie electronic-device electronic-screen electronic-billboard electronic-store tree-bark bark-of-tree dog-day cat-walk ' +
  'cat-eye-makeup shoot-star shooting-star photo-shoot shot-glass gun-metal bubble-gum bubble-tea pop-art pop-music pop-star ' +
  'rock-music rock-band train-of-dress key-light key-visual spring-day spring-flower spring-morning spring-blossom ' +
  'bell-pepper bell-sleeve phone-screen smartphone-screen horse-shoe light-beam beam-of-light sun-beam steam-rise ' +
  'engine-of-growth door-frame paper-texture close-the-deal open-door-policy magic-hour golden-hour camera-pan camera-move ' +
  'static-shot static-camera static-background glow-skin type-of types-of drop-shadow snow-drop roll-hill rolling-hill ' +
  'ring-finger diamond-ring wedding-ring chain-reaction break-dance knee-drop paint-drop tap-into fly-through ' +
  'slide-show cell-phone voice-of paper-plane driving-force eagle-eye laser-focus laser-focused crane-shot face-melt ' +
  'blow-kiss blow-a-kiss blow-candle burst-into-tear burst-of-color burst-of-light color-burst explode-of-color explosion-of-color ' +
  'breathe-fire fire-breathing hold-its-breath hold-her-breath hold-his-breath paper-lantern paper-crane paper-boat ' +
  'moon-pour sun-pour light-pour moonlight-pour sunlight-pour whisper-grass whisper-wind whisper-tree whisper-pine ' +
  'whisper-leaf whisper-forest with-scratch film-scratch dust-and-scratch scratch-and-dust ' +
  'sparkle-eye eye-sparkle gun-control fire-truck hair-clip rocket-salad';
