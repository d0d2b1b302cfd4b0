import { createRandom, deriveSeed } from '../../random.ts';
import { findSound } from '../sounds/index.ts';
import type { SoundEvent, SoundParameters } from '../sounds/sound.ts';
import { closeUp } from './close-up.ts';
import { findMusic, readMusicPrompt } from './find-music.ts';
import { type FoundSound, findSounds } from './find-sounds.ts';
import type { PictureEvent, SoundLayer, SoundPlan, SoundRequest } from './sound-plan.ts';

/** Integrated loudness in LUFS of a track with ambience or music; of lone events; of lone events that are a guess; of air alone. */
const LOUDNESS = { full: -16, sparse: -19, guessed: -21.5, air: -30 };

/** More textures than this are mud, and take time. */
const MOST_LAYERS = 7;

/** Seconds between a blade that falls and what it meets. */
const BLADE_TO_BODY = 0.12;

/**
 * Decides what will be heard. The words for the sound win over the words for the picture; music comes from its own
 * words, or where the others ask for it. Words that name no sound give air, and a whoosh where the camera moves: a wrong
 * sound is worse than none.
 */
export function planSound(request: SoundRequest): SoundPlan {
  const plan = planLayers(request);
  return request.close ? closeUp(plan) : plan;
}

function planLayers(request: SoundRequest): SoundPlan {
  const aboutSound = request.soundPrompt.trim() !== '';
  const text = aboutSound ? request.soundPrompt : request.prompt;
  const source = aboutSound ? 'sound prompt' : 'prompt';
  const mayBeHeard = ({ kind }: { kind: SoundLayer['kind'] }) => request.kinds?.includes(kind) ?? true;
  const layers: SoundLayer[] = [];
  for (const found of findSounds(text, aboutSound).slice(0, MOST_LAYERS)) {
    const layer = planLayer(found, `${source}: “${found.words}”`, request);
    if (layer !== undefined && mayBeHeard(layer)) layers.push(layer);
  }
  followBlade(layers, request.seconds);

  const ownMusic = readMusicPrompt(request.musicPrompt);
  const music = ownMusic ?? (request.musicPrompt.trim() === '' ? findMusic(text, aboutSound) : undefined);
  if (music !== undefined && mayBeHeard({ kind: 'music' })) {
    layers.push({
      kind: 'music',
      generator: 'music',
      parameters: music.parameters,
      ...wholeClip(request.seconds),
      // Alone it leads; under sounds it steps back.
      gainDecibels: layers.length === 0 ? 0 : -4,
      why: `${ownMusic ? 'music prompt' : source}: “${music.words}”`,
    });
  }

  const guessed = layers.length === 0;
  if (guessed) layers.push(...planMoves(request).filter(mayBeHeard));
  const air: SoundLayer = {
    kind: 'texture',
    generator: 'air',
    parameters: { intensity: 0.5, density: 0.5, pace: 0.5, variant: 'open' },
    ...wholeClip(request.seconds),
    // Where nothing is known the air is what is heard.
    gainDecibels: guessed ? 16 : 0,
    why: 'every track has air',
  };
  const loudness = layers.some((layer) => layer.kind !== 'event')
    ? LOUDNESS.full
    : layers.length === 0
      ? LOUDNESS.air
      : guessed
        ? LOUDNESS.guessed
        : LOUDNESS.sparse;
  return { seed: request.seed, seconds: request.seconds, loudness, layers: [air, ...layers] };
}

function wholeClip(seconds: number) {
  return { start: 0, duration: seconds, pan: 0, distance: 0 };
}

function planLayer(found: FoundSound, why: string, request: SoundRequest): SoundLayer | undefined {
  const sound = findSound(found.generator);
  if (sound === undefined) return undefined;
  const { modifier } = found;
  const parameters: SoundParameters = {
    intensity: modifier.intensity ?? 0.5,
    density: modifier.density ?? 0.5,
    pace: modifier.pace ?? 0.5,
    variant: found.variant ?? sound.variants[0],
  };
  const place = {
    ...wholeClip(request.seconds),
    gainDecibels: modifier.gainDecibels ?? 0,
    distance: modifier.distance ?? 0,
    why,
  };
  if (sound.kind === 'texture') return { kind: 'texture', generator: sound.name, parameters, ...place };
  const seen = eventsFor(sound.name, request.events ?? []);
  const random = createRandom(deriveSeed(request.seed, `schedule ${sound.name}`));
  const events = seen.length > 0 ? seen : sound.schedule(request.seconds, parameters, random);
  return { kind: 'event', generator: sound.name, parameters, events, ...place };
}

/** What the picture shows of this sound. */
function eventsFor(generator: string, events: readonly PictureEvent[]): SoundEvent[] {
  const kind = { whoosh: 'move', impact: 'hit', footsteps: 'step' }[generator];
  return events
    .filter((event) => event.kind === kind)
    .map(({ time, strength, pan }) => ({ time, strength, pan }));
}

/** A blade is heard before what it meets: blows that nobody saw come after the sweeps that the same words chose. */
function followBlade(layers: SoundLayer[], seconds: number): void {
  const sweep = layers.find((layer) => layer.generator === 'whoosh');
  const blow = layers.find((layer) => layer.generator === 'impact');
  if (sweep?.kind !== 'event' || blow?.kind !== 'event' || sweep.why !== blow.why) return;
  blow.events = sweep.events
    .map((event) => ({ ...event, time: event.time + BLADE_TO_BODY }))
    .filter((event) => event.time < seconds);
}

/** Whooshes that follow the camera. */
function planMoves(request: SoundRequest): SoundLayer[] {
  const events = eventsFor('whoosh', request.events ?? []);
  if (events.length === 0) return [];
  const parameters = { intensity: 0.3, density: 0.5, pace: 0.2, variant: 'deep' };
  return [
    {
      kind: 'event',
      generator: 'whoosh',
      parameters,
      events,
      ...wholeClip(request.seconds),
      gainDecibels: -4,
      distance: 0.2,
      why: 'the camera moves',
    },
  ];
}
