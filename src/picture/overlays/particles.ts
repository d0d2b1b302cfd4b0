import { between, createRandom } from '../../random.ts';
import type { Wish } from '../direct/shot.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import { drawSprite, type Shape, type Yuv } from './draw-sprite.ts';
import type { Painter, Stage } from './overlay.ts';

/** What particles of one kind are like. Lengths are in heights of the frame, so that every resolution looks alike. */
export interface ParticleKind {
  shape: Shape;
  colours: readonly Yuv[];
  glows: boolean;
  /** How many at full strength in a square frame. */
  count: number;
  /** Half the length of one that is near; the far ones are smaller. */
  size: readonly [low: number, high: number];
  /** Breadth as a share of the length. */
  breadth: number;
  opacity: number;
  /** Heights a second of one that is near; down is positive. The first number grows with the wind. */
  speed: readonly [across: number, down: number];
  /** How irregular the speed is from one to the next, 0–1. */
  spread: number;
  /** How far it strays to both sides, and how often a second. */
  stray: readonly [reach: number, rate: number];
  /** Turns a second, about; 0 keeps it upright. What turns also shows its edge now and then. */
  spin: number;
  /** How long the shutter is open, in seconds: what is fast becomes a streak. */
  shutter: number;
  /** How often a second its light comes and goes; 0 is steady. */
  blink: number;
}

interface Particle {
  x: number;
  y: number;
  near: number;
  size: number;
  pace: number;
  phase: number;
  rate: number;
  colour: Yuv;
}

/** How far outside the frame a particle turns up again on the other side, in heights. */
const MARGIN = 0.15;

/**
 * Fills the space before and inside the picture with particles. Near ones are larger and faster, move against the camera
 * more, and pass in front of everything; far ones vanish behind what is nearer than they are.
 */
export function particles(kind: ParticleKind, wish: Wish, { seed, aspectRatio }: Stage): Painter {
  const random = createRandom(seed);
  const wind = wish.direction === 'left' ? -1 : wish.direction === 'right' ? 1 : random() < 0.5 ? -1 : 1;
  const amount = 0.3 + 0.7 * wish.strength;
  const count = Math.round(kind.count * amount * Math.max(0.6, aspectRatio));
  const all = Array.from({ length: count }, (): Particle => {
    // More of them are far: space widens with the distance.
    const near = 0.12 + 0.88 * random() ** 1.8;
    return {
      x: random(),
      y: random(),
      near,
      size: between(random, kind.size[0], kind.size[1]) * near,
      pace: between(random, 1 - kind.spread, 1 + kind.spread) * (0.75 + 0.5 * wish.strength),
      phase: between(random, 0, 2 * Math.PI),
      rate: between(random, 0.7, 1.3),
      colour: kind.colours[Math.floor(random() * kind.colours.length)]!,
    };
  });
  // Far ones first, so that near ones cover them.
  all.sort((one, other) => one.near - other.near);
  const width = aspectRatio + 2 * MARGIN;
  const height = 1 + 2 * MARGIN;
  const wrap = (value: number, length: number) => value - Math.floor(value / length) * length;

  return ({ seconds, share, pose, frame, nearnessAt }) => {
    const scale = frame.height;
    for (const { x, y, near, size, pace, phase, rate, colour } of all) {
      const speedX = wind * kind.speed[0] * (0.5 + wish.strength) * near * pace;
      const speedY = kind.speed[1] * near * pace;
      const swing = 2 * Math.PI * kind.stray[1] * rate;
      const strayed = kind.stray[0] * near * Math.sin(swing * seconds + phase);
      const panned = (pose.shiftX + pose.truckX * near) * aspectRatio;
      const tilted = pose.shiftY + pose.truckY * near;
      const atX = wrap(x * width + speedX * seconds + strayed - panned, width) - MARGIN;
      const atY =
        wrap(
          y * height + speedY * seconds + 0.4 * kind.stray[0] * Math.sin(1.3 * swing * seconds) - tilted,
          height,
        ) - MARGIN;
      const grown = 1 + pose.dolly * near;
      const centreX = ((atX / aspectRatio - 0.5) * grown + 0.5) * frame.width;
      const centreY = ((atY - 0.5) * grown + 0.5) * scale;
      const hidden = smoothstep(0.4, 0.65, nearnessAt(centreX / frame.width, centreY / scale) - near);
      const light = kind.blink === 0 ? 1 : blinkAt(seconds * kind.blink * rate + phase);
      const opacity =
        kind.opacity *
        share *
        light *
        (1 - hidden) *
        (kind.shape === 'soft' && !kind.glows ? 1 - 0.5 * near : 1);
      if (opacity < 0.01) continue;
      const velocityX = (speedX + kind.stray[0] * near * swing * Math.cos(swing * seconds + phase)) * scale;
      const velocityY = speedY * scale;
      const streak = (Math.hypot(velocityX, velocityY) * kind.shutter) / 2;
      const length = size * grown * scale;
      const turned = 2 * Math.PI * kind.spin * rate * seconds + phase;
      const isStreak = streak > 0.5 * length && kind.spin === 0;
      const halfLength = isStreak ? length + streak : length;
      drawSprite(frame, {
        shape: kind.shape,
        x: centreX,
        y: centreY,
        halfLength,
        halfBreadth:
          kind.breadth * length * (kind.spin === 0 ? 1 : 0.25 + 0.75 * Math.abs(Math.cos(1.7 * turned))),
        angle: kind.spin === 0 ? Math.atan2(velocityY, velocityX) : turned,
        colour,
        // The light of a thing that moves is spread along its way, but eyes forgive a brighter streak.
        opacity: isStreak ? opacity * Math.sqrt(length / halfLength) : opacity,
        glows: kind.glows,
      });
    }
  };
}

/** A light that glows up and fades, 0–1, dark half of the time. */
function blinkAt(turn: number): number {
  const wave = Math.sin(2 * Math.PI * turn);
  return wave > 0 ? wave * wave : 0;
}
