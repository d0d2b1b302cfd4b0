import { createRandom, deriveSeed } from '../../random.ts';
import type { SpaceName } from '../mix/spaces.ts';
import { findSound } from '../sounds/index.ts';
import type { SoundEvent, SoundGenerator, SoundParameters } from '../sounds/sound.ts';
import { whoosh } from '../sounds/whoosh.ts';
import { closeUp } from './close-up.ts';
import { findMusic, readMusicPrompt } from './find-music.ts';
import { type FoundSound, findSounds } from './find-sounds.ts';
import { findSpace } from './find-space.ts';
import {
  LEAST_CONFIDENCE,
  type PictureEvent,
  type SoundLayer,
  type SoundPlan,
  type SoundRequest,
} from './sound-plan.ts';

/** Integrated loudness in LUFS of a track with ambience or music; of lone events; of lone events that are a guess; of air alone. */
const LOUDNESS = { full: -16, sparse: -19, guessed: -21.5, air: -30 };

/** More textures than this are mud, and take time. */
const MOST_LAYERS = 7;

/** Seconds before the end after which music accents nothing more. */
const LAST_CHORD = 0.5;

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
  const layers: SoundLayer[] = (request.preset ?? []).filter(mayBeHeard);
  const all = findSounds(text, aboutSound).slice(0, MOST_LAYERS);
  const parts = Math.max(0, ...all.map(({ part }) => part)) + 1;
  for (const found of all) {
    const layer = planLayer(found, `${source}: “${found.words}”`, request, parts);
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
      ...accentsFor(request),
      why: `${ownMusic ? 'music prompt' : source}: “${music.words}”`,
    });
  }

  const seen = layers.length === 0 ? planScene(request) : undefined;
  if (seen !== undefined && mayBeHeard(seen)) layers.push(seen);
  const guessed = layers.length === 0;
  if (guessed || seen !== undefined) layers.push(...planMoves(request).filter(mayBeHeard));
  const air: SoundLayer = {
    kind: 'texture',
    generator: 'air',
    parameters: { intensity: 0.5, density: 0.5, pace: 0.5, variant: 'open' },
    ...wholeClip(request.seconds),
    // Where nothing is known the air is what is heard.
    gainDecibels: guessed ? 16 : 0,
    why: 'every track has air',
  };
  const usual = trackLoudness(layers);
  const loudness = guessed && usual === LOUDNESS.sparse ? LOUDNESS.guessed : usual;
  return {
    seed: request.seed,
    seconds: request.seconds,
    loudness,
    space: findSpace(text) ?? usualSpace(layers),
    ...(request.motion !== undefined && { motion: request.motion }),
    layers: [air, ...layers],
  };
}

/** How loud a track of these layers is, in LUFS; its air does not count. */
export function trackLoudness(layers: readonly SoundLayer[]): number {
  const heard = layers.filter(({ generator }) => generator !== 'air');
  if (heard.some(({ kind }) => kind !== 'event')) return LOUDNESS.full;
  return heard.length > 0 ? LOUDNESS.sparse : LOUDNESS.air;
}

/** Where nobody names a place: a room for what is only ever heard in one, open ground for the rest. */
function usualSpace(layers: readonly SoundLayer[]): SpaceName {
  const heard = layers.flatMap(({ generator }) => findSound(generator) ?? []);
  return heard.length > 0 && heard.every(({ indoors }) => indoors) ? 'room' : 'open';
}

/** The cuts that music accents; the last chord has the end to itself. */
function accentsFor({ events = [], seconds }: SoundRequest): { hits?: number[] } {
  const hits = events.flatMap(({ kind, time }) =>
    kind === 'cut' && time < seconds - LAST_CHORD ? [time] : [],
  );
  return hits.length > 0 ? { hits } : {};
}

function wholeClip(seconds: number) {
  return { start: 0, duration: seconds, pan: 0, distance: 0 };
}

function planLayer(
  found: FoundSound,
  why: string,
  request: SoundRequest,
  parts: number,
): SoundLayer | undefined {
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
    // What comes later begins later; what goes on does not end because something else begins.
    start: (request.seconds * found.part) / parts,
    duration: (request.seconds * (parts - found.part)) / parts,
    gainDecibels: modifier.gainDecibels ?? 0,
    distance: modifier.distance ?? 0,
    why,
  };
  const seen = eventsFor(sound, request.events ?? []);
  if (sound.kind === 'texture') {
    const shown = seen.length > 0 ? { events: seen, start: 0, duration: request.seconds } : {};
    return { kind: 'texture', generator: sound.name, parameters, ...place, ...shown };
  }
  if (seen.length > 0) {
    const whole = { ...place, start: 0, duration: request.seconds };
    return { kind: 'event', generator: sound.name, parameters, events: seen, ...whole };
  }
  const random = createRandom(deriveSeed(request.seed, `schedule ${sound.name}`));
  const span = found.part === parts - 1 ? place.duration : request.seconds / parts;
  const events = countEvents(sound.schedule(span, parameters, random), found.count, span);
  return { kind: 'event', generator: sound.name, parameters, events, ...place };
}

/** As many of the events as the words want; evenly spaced where there are not as many. */
function countEvents(events: SoundEvent[], count: number | undefined, seconds: number): SoundEvent[] {
  if (count === undefined || count === events.length) return events;
  if (count < events.length) return events.slice(0, count);
  const first = events[0] ?? { time: 0, strength: 1, pan: 0 };
  return Array.from({ length: count }, (_, place) => ({
    ...(events[place % Math.max(1, events.length)] ?? first),
    time: (seconds * (place + 0.5)) / (count + 0.5),
  }));
}

/** What the picture shows of this sound. */
function eventsFor(sound: SoundGenerator, events: readonly PictureEvent[]): SoundEvent[] {
  return events
    .filter((event) => sound.follows !== undefined && event.kind === sound.follows)
    .map(({ time, strength, pan }) => ({ time, strength, pan }));
}

/** What the picture seems to show, where it is clear enough. */
function planScene({ scene, seconds }: SoundRequest): SoundLayer | undefined {
  if (scene === undefined || scene.confidence < LEAST_CONFIDENCE) return undefined;
  const sound = findSound(scene.generator);
  if (sound?.kind !== 'texture') return undefined;
  return {
    kind: 'texture',
    generator: sound.name,
    parameters: { intensity: 0.4, density: 0.4, pace: 0.4, variant: sound.variants[0] },
    ...wholeClip(seconds),
    gainDecibels: -3,
    why: `picture: ${scene.why}`,
  };
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
  const events = eventsFor(whoosh, request.events ?? []);
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
