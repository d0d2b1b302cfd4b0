import { clamp01 } from '../pixels/smoothstep.ts';
import type { FrameView } from '../render/layout.ts';

/** A colour as BT.709 limited-range luma and chroma. */
export type Yuv = readonly [luma: number, blueChroma: number, redChroma: number];

/** Converts 8-bit sRGB as `convertToYuv` does. */
export function yuv(red: number, green: number, blue: number): Yuv {
  return [
    16 + 0.18259 * red + 0.61423 * green + 0.06201 * blue,
    128 - 0.10064 * red - 0.33857 * green + 0.43922 * blue,
    128 + 0.43922 * red - 0.39894 * green - 0.04027 * blue,
  ];
}

/** Outlines in a square from −1 to 1, `along` and `across` its axes: how much of a point is covered, 0–1. */
const shapes = {
  /** Fades from its middle: a flake out of focus, a streak of rain, a spark. */
  soft: (along: number, across: number) => {
    const rest = 1 - along * along - across * across;
    return rest > 0 ? rest * rest : 0;
  },
  /** A small light and the air that it lights up. */
  glow: (along: number, across: number) => {
    const rest = 1 - along * along - across * across;
    if (rest <= 0) return 0;
    const core = Math.max(0, 1 - 14 * (1 - rest));
    return 0.2 * rest * rest * rest + 0.8 * core;
  },
  /** A light with four rays, as lenses draw them. */
  glint: (along: number, across: number) => {
    const rest = 1 - along * along - across * across;
    if (rest <= 0) return 0;
    const rays = Math.max(0, 1 - Math.sqrt(Math.abs(along)) - Math.sqrt(Math.abs(across)));
    return 0.1 * rest * rest * rest + 0.9 * Math.min(1, 2 * rays);
  },
  disc: (along: number, across: number, sharpness: number) =>
    clamp01((1 - Math.sqrt(along * along + across * across)) * sharpness),
  /** Pointed at both ends. */
  leaf: (along: number, across: number, sharpness: number) =>
    clamp01((1 - along * along - Math.abs(across)) * sharpness),
  paper: (along: number, across: number, sharpness: number) =>
    clamp01((1 - Math.max(Math.abs(along), Math.abs(across))) * sharpness),
  /** A thin skin with a glint. */
  bubble: (along: number, across: number) => {
    const radius = Math.sqrt(along * along + across * across);
    if (radius > 1) return 0;
    const skin = clamp01(1 - Math.abs(radius - 0.9) * 9);
    const glint = clamp01(1 - Math.hypot(along + 0.4, across + 0.45) * 5);
    return Math.max(0.75 * skin, glint, 0.07);
  },
};

export type Shape = keyof typeof shapes;

/** One thing drawn into a frame. Lengths are in pixels of the frame. */
export interface Sprite {
  shape: Shape;
  x: number;
  y: number;
  /** Half its length, along `angle` (radians, 0 to the right, clockwise), and half its breadth. */
  halfLength: number;
  halfBreadth: number;
  angle: number;
  colour: Yuv;
  /** 0–1. */
  opacity: number;
  /** Whether it shines: its light is added, and what lies behind stays. */
  glows: boolean;
}

/** Draws a sprite into the planes of a frame. What is thinner than a pixel is drawn a pixel wide and fainter. */
export function drawSprite(frame: FrameView, sprite: Sprite): void {
  const thinness = Math.min(1, sprite.halfBreadth) * Math.min(1, sprite.halfLength);
  const visible = {
    ...sprite,
    halfLength: Math.max(1, sprite.halfLength),
    halfBreadth: Math.max(1, sprite.halfBreadth),
    opacity: sprite.opacity * thinness,
  };
  if (visible.opacity < 0.004) return;
  const [luma, blue, red] = sprite.colour;
  const { stride, width, height } = frame;
  drawPlane(frame.luma, stride, width, height, visible, 1, luma, 16);
  drawPlane(frame.blueChroma, stride / 2, width / 2, height / 2, visible, 0.5, blue, 128);
  drawPlane(frame.redChroma, stride / 2, width / 2, height / 2, visible, 0.5, red, 128);
}

function drawPlane(
  plane: Uint8Array,
  stride: number,
  width: number,
  height: number,
  { shape, x, y, halfLength, halfBreadth, angle, opacity, glows }: Sprite,
  scale: number,
  value: number,
  black: number,
): void {
  const centreX = x * scale;
  const centreY = y * scale;
  const length = halfLength * scale;
  const breadth = Math.max(0.7, halfBreadth * scale);
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const reachX = Math.abs(cosine) * length + Math.abs(sine) * breadth + 1;
  const reachY = Math.abs(sine) * length + Math.abs(cosine) * breadth + 1;
  const left = Math.max(0, Math.ceil(centreX - reachX));
  const right = Math.min(width - 1, Math.floor(centreX + reachX));
  const top = Math.max(0, Math.ceil(centreY - reachY));
  const bottom = Math.min(height - 1, Math.floor(centreY + reachY));
  const cover = shapes[shape];
  const sharpness = Math.max(1, Math.min(length, breadth));
  const light = (value - black) * opacity;
  for (let row = top; row <= bottom; row++) {
    const dy = row + 0.5 - centreY;
    let alongAxis = ((left + 0.5 - centreX) * cosine + dy * sine) / length;
    let acrossAxis = (dy * cosine - (left + 0.5 - centreX) * sine) / breadth;
    const stepAlong = cosine / length;
    const stepAcross = -sine / breadth;
    for (let at = row * stride + left; at <= row * stride + right; at++) {
      const covered = cover(alongAxis, acrossAxis, sharpness);
      alongAxis += stepAlong;
      acrossAxis += stepAcross;
      if (covered <= 0) continue;
      const behind = plane[at]!;
      const change = glows ? light * covered : (value - behind) * opacity * covered;
      plane[at] = Math.max(0, Math.min(255, behind + change + 0.5));
    }
  }
}
