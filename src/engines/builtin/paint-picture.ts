import { StillroarError } from '../../errors.ts';
import type { Shot } from '../../picture/direct/shot.ts';
import type { RgbImage } from '../../picture/image.ts';
import { blur } from '../../picture/pixels/box.ts';
import { erode } from '../../picture/pixels/morphology.ts';
import type { Plane } from '../../picture/pixels/plane.ts';
import { resizeBilinear } from '../../picture/pixels/resize.ts';
import { type Size, sourceSize, videoSize } from '../../picture/render/size.ts';
import { type Knowledge, knownScene, type Scene } from '../../picture/scene.ts';
import type { PaintedScene } from '../../picture/scenes/paint-plan.ts';
import {
  canPaint,
  paintScene,
  sceneEvents,
  sceneNames,
  unpaintable,
} from '../../picture/scenes/paint-scene.ts';
import { liveMask } from '../../picture/scenes/repaint.ts';
import type { SceneEvent } from '../../picture/scenes/scene.ts';
import type { EngineInput, MotionWishes, Warning } from '../engine.ts';
import type { Live } from './live.ts';

/** Above this many pixels a picture is painted smaller and enlarged: brushwork has no finer detail. */
const MOST_PAINTED = 1920 * 1080;

const sides: Record<NonNullable<MotionWishes['aspectRatio']>, Size> = {
  '16:9': { width: 16, height: 9 },
  '9:16': { width: 9, height: 16 },
  '1:1': { width: 1, height: 1 },
};

/**
 * Looks at a prompt before any work: what of it will be missing from the picture.
 * @throws StillroarError `invalid-field` when it names nothing that can be painted
 */
export function checkPaintable(prompt: string): Warning[] {
  const left = unpaintable(prompt);
  const quoted = left.map((words) => `“${words}”`).join(', ');
  if (!canPaint(prompt)) {
    throw new StillroarError(
      'invalid-field',
      `prompt names no place that can be painted${quoted && ` (${quoted} cannot be)`}. ` +
        `Name one of these, with its time, weather and mood: ${sceneNames.join(', ')}.`,
      { field: 'prompt' },
    );
  }
  if (left.length === 0) return [];
  return [
    {
      code: 'not-painted',
      message: `${quoted} cannot be painted: the video shows the place without it.`,
    },
  ];
}

/** Pixels a unit of the ratio that are enough to know where things are. */
const SMALL = 6;

/** What the painted picture shows that is to be heard at that moment. */
export function paintedEvents({ prompt, motion, seed, seconds }: EngineInput): SceneEvent[] {
  const { width, height } = sides[motion?.aspectRatio ?? '16:9'];
  return sceneEvents(prompt, { width: SMALL * width, height: SMALL * height, seed }, seconds);
}

/** A painted picture as the director takes it. */
export interface Painting {
  painted: PaintedScene;
  frame: Size;
  source: Size;
  rgb: Uint8Array;
}

/** Paints what the prompt names, somewhat larger than the video. */
export function paintPicture({ prompt, resolution, motion, seed }: EngineInput): Painting {
  const ratio = sides[motion?.aspectRatio ?? '16:9'];
  const { size: frame } = videoSize(ratio, resolution);
  const share = Math.sqrt(MOST_PAINTED / (frame.width * frame.height));
  const source = sourceSize(
    { width: Math.round(frame.width * share), height: Math.round(frame.height * share) },
    frame,
  );
  const scale = Math.min(1, share * Math.sqrt((frame.width * frame.height) / (source.width * source.height)));
  const sheet = {
    width: Math.round(source.width * scale),
    height: Math.round(source.height * scale),
    seed,
    isFilmed: true,
  };
  const painted = paintScene(prompt, sheet);
  if (!painted) checkPaintable(prompt);
  return { painted: painted!, frame, source, rgb: interleaved(painted!.image, source) };
}

function interleaved({ width, height, red, green, blue }: RgbImage, size: Size): Uint8Array {
  const planes = [red, green, blue].map((plane) =>
    width === size.width ? plane : resizeBilinear(plane, width, height, size.width, size.height),
  );
  const bytes = new Uint8Array(size.width * size.height * 3);
  planes.forEach((plane, channel) => {
    for (let pixel = 0; pixel < plane.length; pixel++) bytes[pixel * 3 + channel] = 255 * plane[pixel]! + 0.5;
  });
  return bytes;
}

/** How much of a painting's depth is left where every row crosses one edge of full depth. */
const CROWDED = 1;
/** The least that is left. */
const FLATTEST = 0.25;

/**
 * The relief that a camera moves through. Between thin things at different distances, trunks before a clearing, a
 * picture would stretch and bend: the more of them there are, the softer and flatter it is, around its mean.
 */
function calmRelief({ width, height, values }: Plane): Plane {
  let edges = 0;
  let mean = 0;
  for (let pixel = 1; pixel < values.length; pixel++) {
    if (pixel % width !== 0) edges += Math.abs(values[pixel]! - values[pixel - 1]!) / height;
    mean += values[pixel]! / values.length;
  }
  const depth = Math.max(FLATTEST, 1 / (1 + edges * CROWDED));
  const radius = Math.round((1 - depth) * width * 0.07);
  const soft = radius > 0 ? blur(values, width, height, radius) : values;
  return { width, height, values: soft.map((value) => mean + (value - mean) * depth) };
}

/** Pixels at the sky's border that belong to what stands before it as well: a cloud would carry its outline away. */
const RIM = 3;

/** What a painting shows, with its exact depth and masks, for pictures of it at the two sizes that a scene is read at. */
export function readPainting(painted: PaintedScene, small: RgbImage, image: RgbImage): Scene {
  const { width, height } = painted.image;
  const at = (plane: Float32Array, size: Size): Plane => ({
    width: size.width,
    height: size.height,
    values: resizeBilinear(plane, width, height, size.width, size.height),
  });
  const masks: Knowledge['masks'] = {};
  for (const region of ['sky', 'water', 'fire', 'light'] as const) {
    const plane = painted.masks[region];
    if (!plane) continue;
    const large = at(plane, image);
    if (region === 'sky') large.values = erode(large.values, large.width, large.height, RIM);
    masks[region] = { small: at(plane, small).values, large };
  }
  const depth = {
    width: small.width,
    height: small.height,
    disparity: at(painted.disparity, small).values,
    sky: masks.sky?.small ?? null,
    subject: null,
    horizon: masks.sky ? painted.horizon : null,
    confidence: 1,
  };
  return knownScene(small, image, { depth, disparity: calmRelief(at(painted.disparity, image)), masks });
}

/** Light and colour that a painter gives the picture itself. */
const paintedLooks = ['sunset', 'neon', 'warm', 'cold', 'blackAndWhite', 'lightning'];
/** Light that changes while the film runs; a word for a time of day alone is painted: "at sunrise". */
const changes = ['dayToNight', 'nightToDay'];
const speaksOfChange = /\b(to|into|turns?|turning|falls?|falling|becomes?|breaks?|breaking)\b/i;
/** They move the same water. */
const waters = ['sea', 'lake', 'water'];

/** A shot without what the painting has or does already, by the words or by itself, and without moving its water twice. */
export function withoutPainted(shot: Shot, { lives }: PaintedScene): Shot {
  const grades = shot.grades.filter(
    ({ kind, why }) => !paintedLooks.includes(kind) && (!changes.includes(kind) || speaksOfChange.test(why)),
  );
  const water = shot.motions.find(({ kind }) => waters.includes(kind));
  const motions = shot.motions.filter((wish) => !waters.includes(wish.kind) || wish === water);
  const overlays = shot.overlays.filter(({ kind }) => !lives.includes(kind));
  return { ...shot, grades, motions, overlays };
}

/** Pixels of a moment that is painted anew for a 720p video; larger videos get more, by the square root. */
const MOMENT_PIXELS = 800 * 450;
const PIXELS_OF_720P = 1280 * 720;

/** What of a painting lives; undefined when all of it rests. */
export function liveOf({ plan }: PaintedScene, frame: Size, seed: number): Live | undefined {
  const mask = liveMask(plan, { ...frame, seed });
  if (!mask) return undefined;
  const pixels = frame.width * frame.height;
  const scale = Math.min(1, Math.sqrt((MOMENT_PIXELS * Math.sqrt(pixels / PIXELS_OF_720P)) / pixels));
  const even = (value: number) => 2 * Math.round((value * scale) / 2);
  return { plan, seed, size: { width: even(frame.width), height: even(frame.height) }, mask };
}
