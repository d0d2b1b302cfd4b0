import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { EffectCanvas, Texture, Vertex } from './kernel/canvas.ts';
import { decelerate, mix, ring, smootherstep } from './kit/easing.ts';
import { addSprite } from './kit/geometry.ts';
import { meanColour, paintTexture } from './kit/paint.ts';

/** Moments of the action in seconds. */
const BREATHE = 0.45;
const TOUCH = 0.88;
const PRESS = 1.5;
const FULL = 1.85;
const RELEASE = 2.3;
const GONE = 2.62;
/** The jelly that springs back: its frequency in Hz and its damping per second. */
const REBOUND = { frequency: 2.5, damping: 1.9 };
/** Beyond so many radii the picture stays. */
const REACH = 2.3;
/** How far it is pressed together: part of its width. */
const DEPTH = 0.44;

/** How much of the width is pressed away at a time; below zero it is wider than it was. */
function pressure(t: number): number {
  if (t < TOUCH) return -0.03 * smoothstep(BREATHE, TOUCH - 0.03, t);
  const half = mix(-0.03, 0.5 * DEPTH, smoothstep(TOUCH, 1.12, t));
  if (t < PRESS) return half - 0.36 * DEPTH * smoothstep(1.2, PRESS, t);
  if (t < RELEASE) {
    const quiver = t > FULL ? 0.012 * Math.sin(t * 70) * smoothstep(FULL, 2.2, t) : 0;
    return mix(0.14 * DEPTH, DEPTH, decelerate(PRESS, FULL, t)) + quiver;
  }
  const swing = ring(t - RELEASE, REBOUND.frequency, REBOUND.damping);
  return DEPTH * swing * (swing > 0 ? 1 : 0.62);
}

/** Two soft pads press the subject from both sides; it dents, bulges up and down with its volume kept, and springs back. */
export const squish: Effect = {
  code: 'squish_89244231312',
  name: 'Squish',
  summary: 'Two soft pads press the subject together; it bulges, quivers and springs back like jelly.',
  events: [
    { time: TOUCH, name: 'touch', strength: 0.5 },
    { time: PRESS + 0.06, name: 'press', strength: 1 },
    { time: RELEASE, name: 'spring', strength: 1 },
  ],
  sounds: [
    { generator: 'pop', variant: 'squelch', gainDecibels: 0, at: ['touch', 'press'] },
    { generator: 'pop', variant: 'spring', gainDecibels: 2, at: ['spring'] },
  ],

  setup({ canvas, place, strength }: EffectStage) {
    const { width, height, short } = canvas;
    const radiusX = place.halfWidth * short;
    const radiusY = place.halfHeight * short;
    const hold = (value: number, least: number, size: number) =>
      Math.max(Math.min(least, size / 2), Math.min(size - Math.min(least, size / 2), value));
    const centreX = hold(place.x * width, 1.25 * radiusX, width);
    const centreY = hold(place.y * height, 1.25 * radiusY, height);
    const amount = 0.35 + 0.65 * strength;
    const padHalfWidth = 0.1 * short;
    const padHalfHeight = 0.66 * radiusY;
    const pad = paintPad(canvas, meanColour(canvas, centreX, centreY, radiusX), padHalfHeight / padHalfWidth);
    const rod = paintRod(canvas);

    return {
      draw(t) {
        const p = pressure(t) * amount;
        const wobble =
          t > RELEASE
            ? 0.05 * strength * Math.exp(-2.4 * (t - RELEASE)) * Math.sin((t - RELEASE) * 2 * Math.PI * 4.1)
            : 0;
        canvas.warp(canvas.picture, (x, y, point) => {
          const dx = x - centreX;
          const dy = y - centreY;
          const ex = dx / radiusX;
          const ey = dy / radiusY;
          const far = Math.sqrt(ex * ex + ey * ey);
          point[0] = x;
          point[1] = y;
          if (far >= REACH) return;
          const rim = smoothstep(0, 0.14 * height, Math.min(x, y, width - x, height - y));
          const share = (1 - smootherstep(0.75, REACH, far)) * rim;
          const across = 1 - p * Math.exp(-0.55 * ey * ey) * share;
          const down = 1 / (1 - 0.82 * p * share);
          const swell = 1 + 0.16 * p * share * (1 - 0.3 * ex * ex);
          const turn = wobble === 0 ? 1 : 1 + wobble * share * Math.cos(3 * Math.atan2(ey, ex));
          point[0] = centreX + (dx / across / swell) * turn;
          point[1] = centreY + (dy / down / swell) * turn;
        });
        const inward = t < RELEASE ? decelerate(BREATHE, TOUCH, t) : 1 - smoothstep(RELEASE - 0.03, GONE, t);
        const away = Math.max(0.62 * width, 2.5 * radiusX) + padHalfWidth;
        const near = radiusX * (1 - Math.max(0, p)) + 0.9 * padHalfWidth;
        const offset = mix(away, near, inward);
        shade(Math.max(0, p), inward > 0.001 ? offset : 0);
        if (inward > 0.001) drawPads(offset);
      },
      speed: (t) =>
        (Math.abs(pressure(t + 0.01) - pressure(t - 0.01)) / 0.02) * place.halfWidth * amount +
        (t > RELEASE - 0.03 && t < GONE ? 0.6 : 0),
    };

    /** A taut highlight on the bulge, dark dents, and the pads' shadow. */
    function shade(p: number, offset: number): void {
      const { light } = canvas;
      canvas.clearLight();
      const reach = Math.max(REACH * radiusY, padHalfHeight + padHalfWidth);
      const top = Math.max(0, Math.floor((centreY - reach) / light.cell));
      const bottom = Math.min(light.rows - 1, Math.ceil((centreY + reach) / light.cell));
      for (let row = top; row <= bottom; row++) {
        const y = row * light.cell - centreY;
        const ey = y / radiusY;
        const high = Math.exp(-0.55 * ey * ey);
        const low = 0.35 * Math.exp(-((ey - 1.15) ** 2) * 8);
        const crown = 105 * Math.exp(-((ey + 0.75) ** 2) * 5);
        const outY = Math.max(0, Math.abs(y - 0.3 * padHalfWidth) - padHalfHeight + 0.55 * padHalfWidth);
        for (let column = 0; column < light.columns; column++) {
          const cell = row * light.columns + column;
          const x = column * light.cell - centreX;
          const ex = x / radiusX;
          const far = Math.sqrt(ex * ex + ey * ey);
          if (p > 0.004 && far < REACH) {
            const share = p * (1 - smootherstep(0.75, REACH, far));
            const dents = Math.exp(-((Math.abs(ex) - 1 + p) ** 2) * 12) * high;
            light.shade[cell]! *= 1 - share * (0.85 * dents + low);
            light.luma[cell]! += crown * share * Math.exp(-((ex + 0.15) ** 2) * 2.2) * (1 - dents);
          }
          if (offset === 0) continue;
          const outX = Math.abs(Math.abs(x) - offset) - 0.45 * padHalfWidth;
          // Nothing of a pad's shadow falls farther than that.
          if (outX > padHalfWidth || outY > padHalfWidth) continue;
          const inside = Math.max(0, outX);
          const distance = Math.sqrt(inside * inside + outY * outY) - 0.55 * padHalfWidth;
          light.shade[cell]! *= 1 - 0.5 * smoothstep(0.42 * padHalfWidth, -0.42 * padHalfWidth, distance);
        }
      }
      canvas.applyLight();
    }

    function drawPads(offset: number): void {
      const rods: Vertex[] = [];
      const pads: Vertex[] = [];
      for (const side of [-1, 1]) {
        const x = centreX + side * offset;
        const length = 0.6 * width;
        const middle = x + side * (0.8 * padHalfWidth + length);
        addSprite(rods, rod, {
          x: middle,
          y: centreY,
          halfLength: length,
          halfBreadth: 0.2 * padHalfWidth,
          angle: 0,
        });
        // A negative length mirrors the pad: both show the subject the same face.
        addSprite(pads, pad, {
          x,
          y: centreY,
          halfLength: side * padHalfWidth,
          halfBreadth: padHalfHeight,
          angle: 0,
        });
      }
      canvas.triangles(rod, rods);
      canvas.triangles(pad, pads);
    }
  },
};

/** Foam in a colour that stands off from the subject's: red, or teal where the subject is red itself. */
function paintPad(canvas: EffectCanvas, [red, green, blue]: readonly number[], tall: number): Texture {
  const isReddish = red! > 1.25 * Math.max(green!, blue!);
  const tint = isReddish ? [40, 170, 178] : [244, 82, 86];
  return paintTexture(canvas, 160, Math.max(96, Math.round(160 * tall)), (x, y) => {
    const u = 2 * x - 1;
    const v = 2 * y - 1;
    // The distance to the outline of a rounded rectangle, in half widths; its corners nearly make it a capsule.
    const outX = Math.abs(u) - 0.2;
    const outY = (Math.abs(v) - 1) * tall + 0.8;
    const distance =
      Math.hypot(Math.max(0, outX), Math.max(0, outY)) + Math.min(0, Math.max(outX, outY)) - 0.8;
    const inside = clamp01(-distance / 0.75);
    const dome = Math.sqrt(1 - (1 - inside) ** 2);
    const light = 0.5 + 0.44 * dome - 0.22 * v - 0.1 * u;
    const gleam = 95 * Math.exp(-((v + 0.55) ** 2) * 26 - (u + 0.15) ** 2 * 7) * dome;
    const stripe = u > 0.5 && u < 0.74 ? 0.62 : 0;
    const channel = (value: number) => mix(value, 250, stripe) * light + gleam;
    return [channel(tint[0]!), channel(tint[1]!), channel(tint[2]!), clamp01((-distance * 80) / 1.6)];
  });
}

/** A polished round bar, lengthwise. */
function paintRod(canvas: EffectCanvas): Texture {
  return paintTexture(canvas, 8, 48, (_, y) => {
    const v = 2 * y - 1;
    const light = 70 + 150 * Math.exp(-((v + 0.35) ** 2) * 5) + 70 * Math.exp(-((v - 0.75) ** 2) * 30);
    return [0.95 * light, 0.98 * light, 1.04 * light, clamp01((1 - Math.abs(v)) * 12)];
  });
}
