import { createRandom, deriveSeed } from '../../random.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { Vertex } from './kernel/canvas.ts';
import { accelerate, decelerate, mix } from './kit/easing.ts';

/** Bursts of disturbance: from when to when in seconds, and how strong. */
const BURSTS = [
  { from: 0.5, to: 0.75, amount: 0.45 },
  { from: 1.2, to: 1.6, amount: 0.75 },
  { from: 2.1, to: 3.35, amount: 1 },
  { from: 4.0, to: 4.14, amount: 0.4 },
] as const;
/** The subject comes apart in the longest of them, and is put together again. */
const APART = 2.25;
const WHOLE = 3.3;
/** Disturbances hold so many times a second. */
const RATE = 15;

function disturbance(t: number): number {
  const burst = BURSTS.find(({ from, to }) => t >= from && t < to);
  return burst ? burst.amount : 0;
}

/** The picture tears like a bad signal, and the subject dissolves into blocks that scatter and snap back. */
export const glitch: Effect = {
  code: 'glitch_52719034',
  name: 'Glitch',
  summary: 'The picture tears like a bad signal; the subject scatters into blocks and snaps back together.',
  events: [
    { time: BURSTS[0].from, name: 'tear', strength: 0.6 },
    { time: BURSTS[1].from, name: 'tear', strength: 0.8 },
    { time: APART, name: 'scatter', strength: 1 },
    { time: WHOLE, name: 'snap', strength: 1 },
    { time: BURSTS[3].from, name: 'tear', strength: 0.5 },
  ],
  sounds: [
    { generator: 'click', variant: 'switch', gainDecibels: 0, at: ['tear', 'scatter'] },
    ...BURSTS.map(({ from, to }) => ({
      generator: 'electricity',
      variant: 'arc',
      gainDecibels: -4,
      at: [from, to] as const,
    })),
    { generator: 'impact', variant: 'metal', intensity: 0.3, gainDecibels: -4, at: ['snap'] },
  ],
  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short } = canvas;
    const centreX = place.x * width;
    const centreY = place.y * height;
    const reachX = 1.25 * place.halfWidth * short;
    const reachY = 1.25 * place.halfHeight * short;
    const side = short / 30;
    const random = createRandom(seed);
    const blocks: { x: number; y: number; far: number; angle: number; lift: number; delay: number }[] = [];
    for (let y = centreY - reachY; y < centreY + reachY; y += side) {
      for (let x = centreX - reachX; x < centreX + reachX; x += side) {
        const away = Math.hypot((x + side / 2 - centreX) / reachX, (y + side / 2 - centreY) / reachY);
        const lots = [random(), random(), random()] as const;
        if (away > 0.82 + 0.3 * lots[0]) continue;
        const angle = Math.atan2(y - centreY, x - centreX) + 1.6 * (lots[1] - 0.5);
        blocks.push({ x, y, far: lots[2], angle, lift: lots[0], delay: 0.35 * away });
      }
    }
    /** Colours of the canvas before chroma was moved. */
    const row = new Uint8Array(width * 4);

    return {
      draw(t) {
        const amount = disturbance(t) * (0.35 + 0.65 * strength);
        const tick = Math.floor(t * RATE);
        if (amount > 0) tear(amount, tick);
        if (t > APART && t < WHOLE + 0.12) scatter(t, tick);
        if (amount > 0) misalign(amount, tick);
      },
      tone(t) {
        const snap = Math.exp(-30 * Math.abs(t - WHOLE - 0.02));
        return {
          luma: 1 + 0.1 * disturbance(t),
          chroma: 1 + 0.25 * disturbance(t),
          raise: 70 * snap * strength,
        };
      },
    };

    /** Strips of the picture jump sideways, most of them where the subject is. */
    function tear(amount: number, tick: number): void {
      const lots = createRandom(deriveSeed(seed, `tear ${tick}`));
      const strips: Vertex[] = [];
      for (let strip = 0; strip < 9; strip++) {
        const near = strip < 6 ? centreY + (lots() + lots() - 1) * reachY * 1.2 : lots() * height;
        const tall = short * (0.008 + 0.075 * lots() ** 2);
        const jump = (lots() - 0.5) * 0.36 * short * amount;
        const scale = canvas.picture.width / width;
        const corner = (x: number, y: number): Vertex => ({
          x,
          y,
          u: mod(x - jump, width) * scale,
          v: y * scale,
          shade: 1 + 0.12 * (lots() - 0.5),
          light: 0,
          cover: 1,
        });
        // The picture goes on from its other side: two pieces, so that each one is whole.
        const cut = mod(jump, width);
        for (const [from, to] of [
          [0, cut],
          [cut, width],
        ] as const) {
          if (to - from < 1) continue;
          const inner = 0.01;
          const [a, b] = [corner(from + inner, near), corner(to - inner, near)];
          const [c, d] = [corner(to - inner, near + tall), corner(from + inner, near + tall)];
          strips.push(
            { ...a, x: from },
            { ...b, x: to },
            { ...c, x: to },
            { ...a, x: from },
            { ...c, x: to },
            { ...d, x: from },
          );
        }
      }
      canvas.triangles(canvas.picture, strips);
    }

    /** The subject in blocks: they hover apart, and fall into place. */
    function scatter(t: number, tick: number): void {
      const scale = canvas.picture.width / width;
      const emptiness =
        smoothstep(APART, APART + 0.35, t) * (1 - accelerate(WHOLE - 0.35, WHOLE, t)) * strength;
      const ghosts: Vertex[] = [];
      for (const block of blocks) {
        // What the subject leaves: one dim colour a block.
        const flat = { u: (block.x + side / 2) * scale, v: (block.y + side / 2) * scale, light: 6 };
        const dim = { ...flat, shade: 0.34 + 0.1 * Math.sin(9 * t + 40 * block.far), cover: 1 };
        const [left, top, right, bottom] = [block.x, block.y, block.x + side, block.y + side];
        const [a, b] = [
          { ...dim, x: left, y: top },
          { ...dim, x: right, y: top },
        ];
        const [c, d] = [
          { ...dim, x: right, y: bottom },
          { ...dim, x: left, y: bottom },
        ];
        ghosts.push(a, b, c, a, c, d);
      }
      canvas.triangles(canvas.picture, ghosts, { opacity: emptiness });
      const pieces: Vertex[] = [];
      const lots = createRandom(deriveSeed(seed, `blocks ${tick}`));
      for (const block of blocks) {
        const apart =
          decelerate(APART + block.delay * 0.8, APART + 0.45 + block.delay, t) *
          (1 - accelerate(WHOLE - 0.42 + 0.3 * block.delay, WHOLE, t));
        const far = short * strength * apart * (0.02 + 0.3 * block.far ** 2.6);
        const twitch = lots() < 0.06 ? 0.03 * short * (lots() - 0.5) : 0;
        const x = block.x + far * Math.cos(block.angle) + twitch;
        const y = block.y + far * Math.sin(block.angle) - 0.05 * short * apart * block.lift;
        const grow = side * 0.5 * mix(1, 0.72 + 0.55 * block.far, apart);
        const shade = mix(1, 0.8 + 0.5 * block.lift, apart);
        const corner = (across: number, down: number): Vertex => ({
          x: x + side / 2 + across * grow,
          y: y + side / 2 + down * grow,
          u: (block.x + side * (0.5 + 0.5 * across)) * scale,
          v: (block.y + side * (0.5 + 0.5 * down)) * scale,
          shade,
          light: 0,
          cover: 1,
        });
        const [a, b, c, d] = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
        pieces.push(a, b, c, a, c, d);
      }
      canvas.triangles(canvas.picture, pieces);
    }

    /** Both chromas slip sideways, one each way, and every third line is dark. */
    function misalign(amount: number, tick: number): void {
      const lots = createRandom(deriveSeed(seed, `chroma ${tick}`));
      const slip = 4 * Math.round(short * 0.016 * amount * (0.5 + lots()));
      const { pixels } = canvas;
      const pitch = Math.max(2, Math.round(short / 240));
      const bytes = width * 4;
      for (let y = 0; y < height; y++) {
        const start = y * bytes;
        row.set(pixels.subarray(start, start + bytes));
        const isDark = Math.floor(y / pitch) % 3 === 0;
        for (let at = 0; at < bytes; at += 4) {
          pixels[start + at + 1] = row[Math.min(bytes - 3, at + slip + 1)]!;
          pixels[start + at + 2] = row[Math.max(2, at - slip + 2)]!;
          if (isDark) pixels[start + at] = 16 + ((row[at]! - 16) * 215) / 255;
        }
      }
    }
  },
};

const mod = (value: number, size: number) => ((value % size) + size) % size;
