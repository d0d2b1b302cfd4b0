import type { Region } from '../canvas/canvas.ts';
import type { Feature, Mood, ScenePlan, Tint, Weather } from '../plan.ts';
import type { Scene } from '../scene.ts';
import { type Finding, findWords } from './find-words.ts';

/** What a prompt asks for. */
export interface Reading {
  scene: Scene;
  plan: ScenePlan;
}

/** Which weather is meant when several are named: the later in this list. */
const weatherOrder: readonly Weather[] = ['clear', 'cloudy', 'overcast', 'fog', 'rain', 'snow', 'storm'];

/**
 * Reads a prompt: which of the scenes it names, and how. Where it names several, the first in the list is painted.
 * What it does not say is as the scene has it. Undefined when it names none.
 */
export function readScene(prompt: string, scenes: readonly Scene[]): Reading | undefined {
  const { findings, unread } = findWords(prompt, scenes);
  const said = findings.filter(({ isDenied }) => !isDenied);
  // Weather or light alone is a picture; beside another thing it is only how that thing was to be shown.
  const hints = unread.length === 0 && !said.some(isSubject) ? said : [];
  const named =
    firstScene(said, scenes, ({ scenes: strong }) => strong) ??
    firstScene(hints, scenes, (finding) => finding.hints);
  if (!named) return undefined;
  const { scene, finding } = named;
  const why = [`scene ${scene.name}: "${finding.text}"`];
  const choose = <Value extends string>(
    slot: string,
    own: Value,
    found: { value: Value; text: string } | undefined,
  ): Value => {
    why.push(found ? `${slot} ${found.value}: "${found.text}"` : `${slot} ${own}: the scene's own`);
    return found?.value ?? own;
  };
  const times = slotOf(said, ({ sense }) => sense.time);
  const weathers = slotOf(said, ({ sense }) => sense.weather);
  weathers.sort((one, other) => weatherOrder.indexOf(other.value) - weatherOrder.indexOf(one.value));
  const cleared = findings.find(
    ({ isDenied, sense }) => isDenied && (sense.weather === 'cloudy' || sense.weather === scene.weather),
  );
  const weather = choose(
    'weather',
    scene.weather,
    weathers[0] ?? (cleared && { value: 'clear' as const, text: `no ${cleared.text}` }),
  );
  // Dull weather hides a low sun: unless the words want one, it is day.
  const ownTime = isDull(weather) && scene.time !== 'night' ? 'day' : scene.time;
  const time = choose('time', ownTime, times.find(({ value }) => value !== 'day') ?? times[0]);
  const seasons = slotOf(said, ({ sense }) => sense.season);
  const season = choose('season', scene.season, seasons[0]);
  const mood = unique<Mood>(
    slotOf(said, ({ sense }) => sense.mood),
    'mood',
    why,
  );
  const features = unique<Feature>(
    slotOf(said, ({ sense }) => sense.feature),
    'feature',
    why,
  );
  const palette = readPalette(said, why);
  for (const word of unread) why.push(`not painted: "${word}"`);
  return { scene, plan: { scene: scene.name, time, weather, season, mood, palette, features, why } };
}

const isDull = (weather: Weather): boolean =>
  weatherOrder.indexOf(weather) >= weatherOrder.indexOf('overcast');

/** What a prompt asks for that nobody here can paint, in its own words: `dog` in "a dog on the beach". */
export function findSubjects(prompt: string, scenes: readonly Scene[]): string[] {
  return findWords(prompt, scenes)
    .findings.filter((finding) => isSubject(finding) && !finding.isDenied)
    .map(({ text }) => text);
}

const isSubject = ({ sense, scenes }: Finding): boolean => sense.isSubject === true && scenes.length === 0;

function firstScene(
  findings: readonly Finding[],
  scenes: readonly Scene[],
  pick: (finding: Finding) => readonly Scene[],
): { scene: Scene; finding: Finding } | undefined {
  for (const scene of scenes) {
    const finding = findings.find((candidate) => pick(candidate).includes(scene));
    if (finding) return { scene, finding };
  }
  return undefined;
}

function slotOf<Value>(
  findings: readonly Finding[],
  pick: (finding: Finding) => Value | undefined,
): { value: Value; text: string }[] {
  return findings.flatMap((finding) => {
    const value = pick(finding);
    return value === undefined ? [] : [{ value, text: finding.text }];
  });
}

function unique<Value extends string>(
  found: readonly { value: Value; text: string }[],
  slot: string,
  why: string[],
): Value[] {
  const values: Value[] = [];
  for (const { value, text } of found) {
    if (values.includes(value)) continue;
    values.push(value);
    why.push(`${slot} ${value}: "${text}"`);
  }
  return values;
}

/** Colours without a hue of their own dye only what is solid: a white sky is a matter of weather. */
const solid: readonly Region[] = ['land', 'building'];

/** A colour belongs to the next word for a region within four words of its clause, else to the whole picture. */
function readPalette(findings: readonly Finding[], why: string[]): Tint[] {
  const tints: Tint[] = [];
  findings.forEach((finding, at) => {
    const hex = finding.sense.colour;
    if (hex === undefined) return;
    const owner = findings
      .slice(at + 1)
      .find(({ first, sense }) => sense.region !== undefined && first - finding.end < 4);
    const region = owner?.sense.region ?? 'all';
    const spread =
      Math.max(hex >> 16, (hex >> 8) & 255, hex & 255) - Math.min(hex >> 16, (hex >> 8) & 255, hex & 255);
    if (spread < 24 && !solid.includes(region as Region)) return;
    const name = finding.text.toLowerCase();
    tints.push({ region, hex, name });
    why.push(
      `${name} for ${region === 'all' ? 'the picture' : `the ${region}`}: "${finding.text}${owner ? ` … ${owner.text}` : ''}"`,
    );
  });
  return tints;
}
