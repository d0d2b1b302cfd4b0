import { readFile } from 'node:fs/promises';
import { openPicture, scaleRgb } from '../../media/decode-picture.ts';
import { withModelDepth } from '../../picture/depth/model-depth.ts';
import type { Shot, Wish } from '../../picture/direct/shot.ts';
import { findPlace } from '../../picture/effects/place.ts';
import { fromInterleaved, type RgbImage } from '../../picture/image.ts';
import { findRegions } from '../../picture/motions/find-regions.ts';
import { type CameraPath, cameraPath } from '../../picture/render/camera.ts';
import type { Film } from '../../picture/render/compose.ts';
import { fitPath } from '../../picture/render/fit.ts';
import { cutOut } from '../../picture/render/near-layer.ts';
import { limitSlope, softenSteps } from '../../picture/render/relief.ts';
import { type Size, sourceSize, videoSize } from '../../picture/render/size.ts';
import { planTransition, TRANSITION_SHIFT, transitionMoves } from '../../picture/render/transition.ts';
import { readScene, type Scene } from '../../picture/scene.ts';
import type { PaintedScene } from '../../picture/scenes/paint-plan.ts';
import type { EngineInput, Warning } from '../engine.ts';
import { applyMotion } from './apply-motion.ts';
import { askDepthModel, depthModelWarning } from './depth-model.ts';
import { directTake } from './direct-take.ts';
import { effectShot, effectStrength, effectWarnings, findEffect, plainFilm } from './effects.ts';
import type { Live } from './live.ts';

/** Long side of the picture that depth and regions are found on, in pixels; the cues' radii are tuned to it. */
const ANALYSIS_SIDE = 384;
/** Long side of the relief and the regions that the renderer reads: finer than the mesh needs. */
const RELIEF_SIDE = 640;
/** Long side of the picture that a near layer's border is drawn on. */
const MATTE_SIDE = 1280;

const scaledTo = (size: Size, longSide: number): Size => {
  const scale = Math.min(1, longSide / Math.max(size.width, size.height));
  return {
    width: Math.max(2, Math.round(size.width * scale)),
    height: Math.max(2, Math.round(size.height * scale)),
  };
};

async function shrink(rgb: Uint8Array, size: Size, longSide: number): Promise<RgbImage> {
  const small = scaledTo(size, longSide);
  return fromInterleaved(await scaleRgb(rgb, size, small), small.width, small.height);
}

/** A depth model to read pictures with, and who is told when it cannot be used. */
export interface DepthModelUse {
  /** Of its file. */
  path: string;
  warn(warning: Warning): void;
}

/**
 * Reads a decoded picture: how deep it is and what is in it. `rgb` is interleaved 8-bit sRGB of the given size.
 * @param model tells the depth together with the heuristics; without one they tell it alone
 */
export async function readPicture(rgb: Uint8Array, size: Size, model?: DepthModelUse): Promise<Scene> {
  // It works beside us, in a process of its own.
  const asked = model && askDepthModel(model.path, rgb, size);
  const scene = readScene(await shrink(rgb, size, ANALYSIS_SIDE), await shrink(rgb, size, RELIEF_SIDE));
  if (!model || !asked) return scene;
  const answer = await asked;
  if ('nearness' in answer) return withModelDepth(scene, answer.nearness);
  model.warn(depthModelWarning(answer.problem));
  return scene;
}

/** What a clip is made from, before anybody directs it. */
interface Opened {
  frame: Size;
  source: Size;
  rgb: Uint8Array;
  /** Looks at what is in the picture; not every film needs to know. */
  read(): Promise<Scene>;
  warnings: Warning[];
  painted?: PaintedScene;
}

/** What paints is loaded when there is no photograph: its tables take longer to make than a picture to decode. */
const loadPainter = () => import('./paint-picture.ts');

/** Opens the photograph, or paints what the prompt names. */
async function openSource(input: EngineInput, depthModel: string | undefined): Promise<Opened> {
  if (input.kind === 'text-to-video') {
    const { paintPicture, readPainting } = await loadPainter();
    const { painted, frame, source, rgb } = paintPicture(input);
    const read = async () =>
      readPainting(painted, await shrink(rgb, source, ANALYSIS_SIDE), await shrink(rgb, source, RELIEF_SIDE));
    return { frame, source, rgb, read, warnings: [], painted };
  }
  const picture = await openPicture(await readFile(input.imagePath!));
  const { size: frame, warnings } = videoSize(picture, input.resolution);
  // Both ends have to be the pictures themselves, pixel by pixel: nothing may be resampled there.
  const source = input.lastImagePath === undefined ? sourceSize(picture, frame) : frame;
  const rgb = await picture.decode(source);
  const warn = (warning: Warning) => void warnings.push(warning);
  const model = depthModel === undefined ? undefined : { path: depthModel, warn };
  return { frame, source, rgb, read: () => readPicture(rgb, source, model), warnings };
}

/** A clip before its first frame: the pictures as they are drawn from, and everything else. */
export interface PreparedFilm {
  /** Size of the video. */
  frame: Size;
  /** Size of the pictures. */
  source: Size;
  /** The picture, and the one that the video ends on if there is one: interleaved 8-bit sRGB. */
  pictures: Uint8Array[];
  film: Film;
  /** What of the picture is painted anew while it is filmed. */
  live: Live | undefined;
  warnings: Warning[];
}

/**
 * Reads the pictures, directs the clip and looks in the picture for what is to move.
 *
 * @param given what is to be filmed, whatever the words say; undefined: what the director makes of them
 * @param depthModel path of the operator's depth model
 * @throws StillroarError when a picture cannot be used
 */
export async function prepareFilm(
  input: EngineInput,
  given?: Shot,
  depthModel?: string,
): Promise<PreparedFilm> {
  const effect = given ? given.effect?.code : input.effect;
  const opened = await openSource(input, effect ? undefined : depthModel);
  if (effect) return prepareEffect(input, effect, opened);
  const { frame, source, rgb, warnings, painted } = opened;
  const brief = painted ? { ...input, own: painted.moves } : input;
  const directed = given ?? applyMotion(directTake(brief, input.take ?? 0), input.motion);
  const painter = painted && (await loadPainter());
  const asked = painter?.withoutPainted(directed, painted!) ?? directed;
  const isLive = ({ kind }: Wish) => painted?.lives.includes(kind) === true;
  const wishes = asked.motions.filter((wish) => !isLive(wish));
  const common = {
    frameCount: Math.round(input.seconds * input.framesPerSecond),
    framesPerSecond: input.framesPerSecond,
  };
  const live = painter?.liveOf(painted!, frame, input.seed);
  if (input.lastImagePath === undefined && wishes.length === 0 && isFlat(asked)) {
    const fit = fitPath(cameraPath(asked), plainFilm.relief, source.width / source.height);
    return {
      frame,
      source,
      pictures: [rgb],
      film: { ...plainFilm, ...common, shot: asked, fit },
      live,
      warnings,
    };
  }
  const scene = await opened.read();
  const { regions, motions, missing } = findRegions(scene, wishes, input.seed);
  for (const { kind, needs } of missing) {
    warnings.push({
      code: 'motion-region-not-found',
      message: `The prompt asks for ${kind}, but ${needs} was not found in the picture, so nothing moves there.`,
    });
  }
  const seen = { ...common, regions, sun: scene.sun };
  const shot = { ...asked, motions: [...asked.motions.filter(isLive), ...motions] };
  if (input.lastImagePath === undefined) {
    const film: Film = { ...seen, ...(await frameShot(rgb, source, scene, shot)), shot, transition: null };
    return { frame, source, pictures: [rgb], film, live, warnings };
  }
  const last = await (await openPicture(await readFile(input.lastImagePath))).decode(source);
  // What has been said about the model once is not said again.
  const model = depthModel === undefined ? undefined : { path: depthModel, warn: () => {} };
  const transition = planTransition(scene, await readPicture(last, source, model), shot);
  if (shot.moves.some(({ why }) => why.startsWith('prompt'))) warnings.push(MOVES_OVERRULED);
  const film: Film = {
    ...seen,
    shot: { ...shot, moves: transitionMoves(transition) },
    relief: limitSlope(softenSteps(scene.disparity), TRANSITION_SHIFT),
    near: null,
    aim: 0,
    fit: { zoom: 1, gain: 1 },
    transition,
  };
  return { frame, source, pictures: [rgb, last], film, live: undefined, warnings };
}

/** An effect happens to the subject: it needs nothing but its place. */
async function prepareEffect(
  input: EngineInput,
  code: string,
  { frame, source, rgb, read, warnings }: Opened,
): Promise<PreparedFilm> {
  const { seed, framesPerSecond } = input;
  const place = findPlace(await read());
  warnings.push(...effectWarnings(place.isFound, input.lastImagePath !== undefined));
  const film: Film = {
    ...plainFilm,
    shot: effectShot(findEffect(code), seed),
    frameCount: Math.round(input.seconds * framesPerSecond),
    framesPerSecond,
    effect: { code, place, seed, strength: effectStrength(input) },
  };
  return { frame, source, pictures: [rgb], film, live: undefined, warnings };
}

const MOVES_OVERRULED: Warning = {
  code: 'moves-overruled',
  message:
    'A video that ends on a given picture moves as the two pictures allow; of the words about the camera only left, ' +
    'right and static count.',
};

/** How far near things move against far ones in the whole path, as a fraction of the width. */
function largestShift(path: CameraPath): number {
  let shift = 0;
  for (let index = 0; index <= 16; index++) {
    const pose = path(index / 16);
    shift = Math.max(shift, Math.hypot(pose.truckX, pose.truckY) + 0.5 * Math.abs(pose.dolly));
  }
  return shift;
}

/** Whether nothing moves against anything else, nothing falls and nothing glares: depth would not be seen. */
function isFlat(shot: Shot): boolean {
  return shot.overlays.length === 0 && largestShift(cameraPath(shot)) === 0;
}

/** How much of the way from the middle to the subject the camera aims aside: what stands around it counts too. */
const AIM_SHARE = 0.6;

/** Where the camera goes in, so that what stands out stays in the frame; see {@link Film.aim}. */
function aimAt(scene: Scene): number {
  return AIM_SHARE * (findPlace(scene).x - 0.5);
}

/** Parts near from far where that can be done cleanly, and fits the shot into the picture. */
async function frameShot(
  rgb: Uint8Array,
  size: Size,
  scene: Scene,
  shot: Shot,
): Promise<Pick<Film, 'relief' | 'near' | 'aim' | 'fit'>> {
  const aim = aimAt(scene);
  const path = cameraPath(shot, aim);
  const shift = largestShift(path);
  const near =
    shift > 0 && scene.depth.subject ? cutOut(scene, await shrink(rgb, size, MATTE_SIDE), shift) : null;
  const isTorn = scene.depth.subject !== null && near === null;
  const whole = isTorn
    ? limitSlope(softenSteps(scene.disparity), 2 * shift)
    : limitSlope(scene.disparity, shift);
  return { relief: near?.behind ?? whole, near, aim, fit: fitPath(path, whole, size.width / size.height) };
}
