import { between, createRandom, deriveSeed } from '../../random.ts';
import type { CameraMove, Shot } from '../direct/shot.ts';

/**
 * Where the camera is at one moment. The picture is a relief of disparity s (0 far … 1 near); a point of the frame
 * at x (from the centre) sees the source at
 *
 *     u = x / zoom · (1 − dolly · s) + shift + truck · (s − pivot)
 *
 * after turning by `roll`: a pinhole camera that translates by `truck` and `dolly` and turns by `shift`.
 */
export interface CameraPose {
  /** Magnification; 1 shows the whole picture. */
  zoom: number;
  /** Radians, clockwise as seen in the frame. */
  roll: number;
  /** Turn of the camera, as a fraction of the picture's width and height. */
  shiftX: number;
  shiftY: number;
  /** Sideways drive, as a fraction of the width and height, felt by what is nearest. */
  truckX: number;
  truckY: number;
  /** Drive into the picture, 0–1: how much of the distance to what is nearest is covered. */
  dolly: number;
  /** Disparity of the plane that keeps its place while the camera trucks. */
  pivot: number;
}

/** The camera's way through a clip: progress 0–1 → pose. */
export type CameraPath = (progress: number) => CameraPose;

/** Perlin's smootherstep: speed and acceleration are zero at both ends. Source: "Improving Noise", 2002. */
export function smootherstep(value: number): number {
  const x = Math.min(1, Math.max(0, value));
  return x * x * x * (x * (x * 6 - 15) + 10);
}

const easings: Record<CameraMove['easing'], (value: number) => number> = {
  ease: smootherstep,
  linear: (value) => Math.min(1, Math.max(0, value)),
  // Four fifths of the way in the first third, as a whip or a crash zoom does.
  sudden: (value) => 1 - (1 - smootherstep(Math.min(1, value * 1.4))) ** 2.2,
};

type Contribution = (pose: CameraPose, eased: number, move: CameraMove) => void;

/** −1 for the first direction, +1 for anything else. */
const sign = (move: CameraMove, negative: CameraMove['direction']) => (move.direction === negative ? -1 : 1);
/** Runs 0 → 1, or 1 → 0 when the camera moves out: it then begins where the move in would end. */
const inwards = (move: CameraMove, eased: number) => (move.direction === 'out' ? 1 - eased : eased);

/**
 * What each move adds at strength 1. The sizes come from VBench's dynamic degree: strength 1 must count as moving on
 * most pictures (about 0.1 widths a second at the fastest), strength 0.25 must not.
 */
const contributions: Record<CameraMove['kind'], Contribution> = {
  static: () => {},
  pan: (pose, eased, move) => {
    pose.shiftX += sign(move, 'left') * 0.34 * move.strength * (eased - 0.5);
  },
  tilt: (pose, eased, move) => {
    pose.shiftY += sign(move, 'up') * 0.34 * move.strength * (eased - 0.5);
  },
  zoom: (pose, eased, move) => {
    pose.zoom *= 1 + 0.7 * move.strength * inwards(move, eased);
  },
  dolly: (pose, eased, move) => {
    const way = inwards(move, eased);
    // Beyond 0.42 upright things begin to lean; what is missing to the strength comes from the lens.
    pose.dolly += Math.min(0.42, 0.84 * move.strength) * way;
    pose.zoom *= 1 + Math.max(0, move.strength - 0.45) * 0.5 * way;
  },
  truck: (pose, eased, move) => {
    pose.truckX += sign(move, 'left') * 0.56 * move.strength * (eased - 0.5);
  },
  pedestal: (pose, eased, move) => {
    pose.truckY += sign(move, 'up') * 0.5 * move.strength * (eased - 0.5);
  },
  orbit: (pose, eased, move) => {
    pose.truckX += sign(move, 'left') * 0.44 * move.strength * (eased - 0.5);
    pose.pivot = 0.55;
    pose.dolly += 0.16 * move.strength * eased;
  },
  roll: (pose, eased, move) => {
    pose.roll += sign(move, 'counterclockwise') * 0.28 * move.strength * (eased - 0.5);
  },
  handheld: () => {},
};

/**
 * The height at which the camera goes in or comes back, as a fraction of the picture's height from its middle: a little
 * above it. Who is photographed has the head in the upper third, and heads must not leave the frame first.
 */
const AIM_HEIGHT = -0.14;

/** Lets what the camera aims at keep its place, however deep the camera goes and however near it lies. */
function aim(pose: CameraPose, across: number): void {
  const turned = 1 - (1 - pose.dolly * pose.pivot) / pose.zoom;
  pose.shiftX += across * turned;
  pose.shiftY += AIM_HEIGHT * turned;
  pose.truckX += (across * pose.dolly) / pose.zoom;
  pose.truckY += (AIM_HEIGHT * pose.dolly) / pose.zoom;
}

/** Three slow sines with seeded phases: the sway of somebody's hands, about one pixel in a hundred at strength 1. */
function handheldSway(seed: number): (pose: CameraPose, progress: number, strength: number) => void {
  const random = createRandom(deriveSeed(seed, 'handheld'));
  const waves = Array.from({ length: 3 }, () =>
    [1.7, 3.9, 7.3].map((rate, octave) => ({
      rate: rate * between(random, 0.85, 1.15),
      phase: between(random, 0, 2 * Math.PI),
      size: 0.5 ** octave,
    })),
  );
  const sway = (axis: number, progress: number) =>
    waves[axis]!.reduce(
      (sum, wave) => sum + wave.size * Math.sin(2 * Math.PI * wave.rate * progress + wave.phase),
      0,
    );
  return (pose, progress, strength) => {
    pose.shiftX += 0.014 * strength * sway(0, progress);
    pose.shiftY += 0.014 * strength * sway(1, progress);
    pose.roll += 0.012 * strength * sway(2, progress);
  };
}

/**
 * The way of the camera that a shot asks for, before it is fitted into the picture (see `fitPath`).
 *
 * @param across where it goes in or comes back, as a fraction of the picture's width from its middle
 */
export function cameraPath(shot: Pick<Shot, 'seed' | 'moves'>, across = 0): CameraPath {
  const sway = handheldSway(shot.seed);
  return (progress) => {
    const pose: CameraPose = {
      zoom: 1,
      roll: 0,
      shiftX: 0,
      shiftY: 0,
      truckX: 0,
      truckY: 0,
      dolly: 0,
      pivot: 0,
    };
    for (const move of shot.moves) {
      const [start, end] = move.span;
      const eased = easings[move.easing]((progress - start) / Math.max(1e-6, end - start));
      contributions[move.kind](pose, eased, move);
      if (move.kind === 'handheld') sway(pose, progress, move.strength);
    }
    aim(pose, across);
    return pose;
  };
}
