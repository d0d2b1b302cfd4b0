/** One kind of camera movement. */
export type CameraMoveKind =
  | 'static'
  | 'pan' // the camera turns left or right on its spot
  | 'tilt' // it turns up or down
  | 'zoom' // the lens narrows or widens
  | 'dolly' // it drives into or out of the picture
  | 'truck' // it drives sideways
  | 'pedestal' // it rises or sinks
  | 'orbit' // it circles around what is near
  | 'roll' // it turns around its own axis
  | 'handheld'; // it breathes in somebody's hands

export type Direction = 'left' | 'right' | 'up' | 'down' | 'in' | 'out' | 'clockwise' | 'counterclockwise';

/** One entry of a shot. */
export interface CameraMove {
  kind: CameraMoveKind;
  /** Which way; undefined for `static` and `handheld`. */
  direction?: Direction;
  /** How far, 0–1: 0.25 is "gentle", 0.5 the default, 1 "dramatic". */
  strength: number;
  /** Part of the clip in which it happens, as fractions of its length: [0, 1] is the whole. */
  span: [start: number, end: number];
  /** How it starts and stops: `ease` (default), `linear` (constant speed), `sudden` (most of the way early). */
  easing: 'ease' | 'linear' | 'sudden';
  /** The words that chose it, or the name of the default: `prompt: "slowly zooms in"`. */
  why: string;
}

/** Something that a prompt wants to see besides the camera's movement. */
export interface Wish {
  /** The name of a motion, an overlay or a grade. */
  kind: string;
  /** 0–1: 0.25 is "gentle", 0.5 the default, 1 "stormy". */
  strength: number;
  /** Which way it goes, if the words say so. */
  direction?: 'left' | 'right';
  /** The words that chose it, or the name of the default. */
  why: string;
}

/** What happens in a clip: the director's answer to a prompt. Plain JSON. */
export interface Shot {
  seed: number;
  /** At least one; moves whose spans overlap are added. */
  moves: CameraMove[];
  /** What moves in the picture, where its region is found. */
  motions: Wish[];
  /** What is drawn over it: rain, sparks. */
  overlays: Wish[];
  /** How its colours change. */
  grades: Wish[];
  /** What happens to the subject; then nothing else moves. */
  effect?: { code: string; name: string; why: string };
}
