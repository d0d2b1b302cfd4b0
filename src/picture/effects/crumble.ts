import { between, createRandom } from '../../random.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { Vertex } from './kernel/canvas.ts';
import { mix, smootherstep } from './kit/easing.ts';
import { createNoise } from './kit/field.ts';
import { addSprite, toVertex } from './kit/geometry.ts';
import { blurPicture, paintTexture, spread } from './kit/paint.ts';
import { breakUp, type Corner, type Shard } from './kit/shards.ts';

/** Moments of the action in seconds. */
const HIT = 0.62;
const BREAK = 1.15;
const TURN = 2.95;
const REWIND = 3.15;
const SEALED = 4.5;
const SHARDS = 110;
/** How far a shard falls in short sides per second². */
const GRAVITY = 0.62;
const THICKNESS = 0.02;
/** Breadth of the rings in which cracks are drawn at once, in short sides. */
const RING = 0.06;

/** The time of the fall: it runs, holds its breath, and runs back. */
function fallTime(t: number): number {
  if (t < REWIND) return Math.min(t, TURN);
  return mix(TURN, HIT - 0.05, smootherstep(REWIND, SEALED, t));
}

interface Flight extends Shard {
  start: number;
  speed: readonly [x: number, y: number, z: number];
  axis: readonly [x: number, y: number];
  spin: number;
  roll: number;
}

/** Cracks run out from the subject, the picture breaks and falls in thick shards; then it all runs back and seals. */
export const crumble: Effect = {
  code: 'crumble_84561327',
  name: 'Crumble',
  summary:
    'The picture cracks from the subject, falls in thick shards, and time runs back until it is whole.',
  events: [
    { time: HIT, name: 'crack', strength: 1 },
    { time: BREAK + 0.05, name: 'break', strength: 1 },
    { time: 1.75, name: 'rubble', strength: 0.7 },
    { time: 2.4, name: 'rubble', strength: 0.5 },
    { time: SEALED, name: 'seal', strength: 1 },
  ],
  sounds: [
    { generator: 'impact', variant: 'stone', intensity: 0.9, gainDecibels: 0, at: ['crack', 'rubble'] },
    { generator: 'impact', variant: 'shatter', gainDecibels: 1, at: ['break'] },
    { generator: 'impact', variant: 'glass', intensity: 0.4, gainDecibels: -3, at: ['seal'] },
  ],

  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short, picture } = canvas;
    const random = createRandom(seed);
    const noise = createNoise(seed);
    const size = { width: width / short, height: height / short };
    const hold = (value: number) => Math.max(0.25, Math.min(0.75, value));
    const centre = { x: hold(place.x) * size.width, y: hold(place.y) * size.height };
    const bend = (x: number, y: number): Corner => [
      0.022 * noise(16 * x, 16 * y),
      0.022 * noise(16 * x + 40, 16 * y),
    ];
    const shards = breakUp(size, centre, SHARDS, random, bend).map((shard): Flight => {
      const [dx, dy] = [shard.x - centre.x, shard.y - centre.y];
      const far = Math.hypot(dx, dy);
      const outward = between(random, 0.12, 0.37) / (far + 0.06);
      const turn = 2 * Math.PI * random();
      return {
        ...shard,
        start: BREAK + 0.75 * far + between(random, 0, 0.2) + (1 - strength) * 1.2 * far,
        speed: [dx * outward, -between(random, 0.05, 0.25), between(random, 0.2, 0.65) / (0.5 + far)],
        axis: [Math.cos(turn), Math.sin(turn)],
        spin: between(random, 0.7, 2.7) * (random() < 0.5 ? -1 : 1),
        roll: between(random, -1.2, 1.2),
      };
    });
    const rings = crackRings(shards, centre, short);
    const seams = rings.flatMap((ring) => ring.seams);
    const behind = spread(
      canvas,
      blurPicture(canvas, 0.035, (red, green, blue) => [8 + 0.5 * red, 8 + 0.5 * green, 9 + 0.5 * blue, 1]),
    );
    const stone = paintTexture(canvas, 64, 64, (x, y) => {
      const value = 150 + 60 * noise(9 * x, 9 * y) + 50 * noise(30 * x, 30 * y);
      return [1.04 * value, value, 0.95 * value, 1];
    });
    const dark = paintTexture(canvas, 4, 4, () => [10, 9, 9, 1]);
    const light = paintTexture(canvas, 4, 4, () => [255, 222, 150, 1]);
    const speck = paintTexture(canvas, 16, 16, (x, y) => {
      const rest = Math.max(0, 1 - (2 * x - 1) ** 2 - (2 * y - 1) ** 2);
      return [188, 176, 160, rest];
    });
    const dust = Array.from({ length: 150 }, () => {
      const shard = shards[Math.floor(random() * shards.length)]!;
      return {
        x: shard.x + between(random, -0.06, 0.06),
        y: shard.y + between(random, -0.06, 0.06),
        start: shard.start - 0.05,
        speedX: between(random, -0.25, 0.25),
        speedY: -between(random, 0, 0.3),
        size: 0.003 + 0.008 * random() ** 3,
        life: between(random, 0.6, 1.6),
      };
    });
    const distance = 1.5 * Math.max(width, height);
    const toPicture = short * canvas.scale;

    return {
      draw(real) {
        const t = fallTime(real);
        if (t < HIT) return;
        shake(real);
        const loose = shards.filter(({ start }) => t >= start);
        drawCracks(t, real);
        drawHoles(loose);
        castShadows(loose, t);
        drawShards(loose, t);
        drawDust(t);
      },
      // Where the most fly at once it is blurred; else there is too little to see it.
      speed: (t) => ((t > 1.55 && t < 2.3) || (t > 3.6 && t < 4) ? 0.4 : 0),
      tone: (t) => ({ luma: 1, chroma: 1, raise: 26 * Math.exp(-((t - SEALED) ** 2) * 60) }),
    };

    /** The blow shakes the whole picture. */
    function shake(t: number): void {
      const far = 0.012 * short * strength * Math.exp(-9 * (t - HIT)) * Math.sin(90 * (t - HIT));
      if (Math.abs(far) < 0.2) return;
      canvas.warp(picture, (x, y, point) => {
        point[0] = x + far;
        point[1] = y + 0.6 * far;
      });
    }

    function drawHoles(loose: readonly Flight[]): void {
      if (loose.length === shards.length) {
        canvas.show(behind);
        return;
      }
      const holes: Vertex[] = [];
      for (const { x, y, corners } of loose) {
        const at = (across: number, down: number): Vertex => ({
          x: across * short,
          y: down * short,
          u: across * short,
          v: down * short,
          shade: 1,
          light: 0,
          cover: 1,
        });
        corners.forEach((corner, index) => {
          const next = corners[(index + 1) % corners.length]!;
          holes.push(at(x, y), at(...corner), at(...next));
        });
      }
      canvas.triangles(behind, holes);
    }

    /** Thin and dark with a lit lip, as far as they have run; at the end light runs along them. */
    function drawCracks(t: number, real: number): void {
      const front = 1.6 * smootherstep(HIT, BREAK, t) + 0.18 * smoothstep(HIT, HIT + 0.06, t);
      for (const { far, lines, lips } of rings) {
        const open = clamp01((front - far) / 0.25);
        // Where everything has come loose there is nothing left to be cracked.
        const gone = BREAK + 0.2 + (0.75 + 1.2 * (1 - strength)) * (far + 4 * RING);
        if (open === 0 || t > gone) continue;
        canvas.triangles(light, lips, { opacity: 0.28 * open });
        canvas.triangles(dark, lines, { opacity: 0.85 * open });
      }
      const seal = Math.exp(-((real - SEALED) ** 2) * 26) * (real > REWIND ? 1 : 0);
      if (seal > 0.02) canvas.triangles(light, seams, { opacity: 0.5 * seal, glows: true });
    }

    function drawShards(loose: readonly Flight[], t: number): void {
      const flying = loose.map((shard) => ({ shard, pose: poseOf(shard, t - shard.start) }));
      flying.sort((a, b) => a.pose.middle[2] - b.pose.middle[2]);
      for (const { shard, pose } of flying) {
        if (pose.middle[1] > 1.6 * height) continue;
        const { across, down, normal, middle } = pose;
        const facesUs = normal[2] > 0;
        const thick = THICKNESS * short;
        const shade = lit(normal, facesUs);
        const shine = facesUs ? 60 * gleam(normal) : 0;
        /** A corner on the printed face, or so far behind it. */
        const put = (corner: Corner, depth: number, cover: number): Vertex => {
          const x = (corner[0] - shard.x) * short;
          const y = (corner[1] - shard.y) * short;
          const point = [
            middle[0] + across[0] * x + down[0] * y - normal[0] * depth,
            middle[1] + across[1] * x + down[1] * y - normal[1] * depth,
            middle[2] + across[2] * x + down[2] * y - normal[2] * depth,
          ] as const;
          const u = facesUs ? corner[0] * toPicture : 32 + 160 * (corner[0] - shard.x);
          const v = facesUs ? corner[1] * toPicture : 32 + 160 * (corner[1] - shard.y);
          return toVertex(canvas, distance, { point, u, v, shade, light: shine, cover });
        };
        const front = shard.corners.map((corner) => put(corner, 0, 0.5));
        const back = shard.corners.map((corner) => put(corner, thick, 0.5));
        const seen = facesUs ? front : back;
        const heart = put([shard.x, shard.y], facesUs ? 0 : thick, 0.5 + 0.7 * shard.inner * short);
        const walls: Vertex[] = [];
        const face: Vertex[] = [];
        front.forEach((corner, index) => {
          const next = (index + 1) % front.length;
          face.push(heart, seen[index]!, seen[next]!);
          const far = back[index]!;
          const [alongX, alongY] = [front[next]!.x - corner.x, front[next]!.y - corner.y];
          // Outlines run clockwise: the other way round a wall looks away from us.
          if (alongX * (far.y - corner.y) >= alongY * (far.x - corner.x)) return;
          const edge =
            shard.corners[next]![0] +
            shard.corners[next]![1] -
            shard.corners[index]![0] -
            shard.corners[index]![1];
          const side = {
            u: 8 + 3 * (index % 12),
            v: 12,
            shade: 0.5 + 0.16 * Math.sign(edge),
            light: 0,
            cover: 1,
          };
          const [a, b] = [
            { ...corner, ...side },
            { ...front[next]!, ...side },
          ];
          const [c, d] = [
            { ...back[next]!, ...side },
            { ...far, ...side },
          ];
          walls.push(a, b, c, a, c, d);
        });
        canvas.triangles(stone, walls);
        canvas.triangles(facesUs ? picture : stone, face);
      }
    }

    /** Where a shard is so long after it came loose, and how it is turned. */
    function poseOf({ x, y, speed, axis, spin, roll }: Flight, age: number) {
      const turn = spin * age * Math.min(1, 2.5 * age);
      const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
      const [rollCosine, rollSine] = [Math.cos(roll * age), Math.sin(roll * age)];
      const rotate = (alongX: number, alongY: number): [number, number, number] => {
        const u = alongX * rollCosine - alongY * rollSine;
        const v = alongX * rollSine + alongY * rollCosine;
        const onAxis = (axis[0] * u + axis[1] * v) * (1 - cosine);
        return [
          u * cosine + axis[0] * onAxis,
          v * cosine + axis[1] * onAxis,
          (axis[0] * v - axis[1] * u) * sine,
        ];
      };
      const across = rotate(1, 0);
      const down = rotate(0, 1);
      const normal = [
        across[1] * down[2] - across[2] * down[1],
        across[2] * down[0] - across[0] * down[2],
        across[0] * down[1] - across[1] * down[0],
      ] as const;
      const middle = [
        short * (x + speed[0] * age),
        short * (y + speed[1] * age + GRAVITY * (0.5 + 0.5 * strength) * age * age),
        short * speed[2] * age * Math.exp(-0.5 * age),
      ] as const;
      return { across, down, normal, middle };
    }

    /** Each shard's shadow on what lies behind, softer the farther it has come. */
    function castShadows(loose: readonly Flight[], t: number): void {
      const map = canvas.light;
      canvas.clearLight();
      for (const shard of loose) {
        const { middle } = poseOf(shard, t - shard.start);
        const offset = 0.03 * short + 0.22 * middle[2];
        const x = (middle[0] - 0.5 * offset) / map.cell;
        const y = (middle[1] + offset) / map.cell;
        const radius = (0.75 * shard.outer * short + 0.4 * offset) / map.cell;
        const dark = 0.5 / (1 + (2.5 * middle[2]) / short);
        const right = Math.min(map.columns - 1, Math.floor(x + radius));
        for (let row = Math.max(0, Math.ceil(y - radius)); row <= Math.min(map.rows - 1, y + radius); row++) {
          const down = (row - y) / radius;
          for (let column = Math.max(0, Math.ceil(x - radius)); column <= right; column++) {
            const across = (column - x) / radius;
            const rest = Math.min(1, 1.14 * (1 - across * across - down * down));
            if (rest > 0) map.shade[row * map.columns + column]! *= 1 - dark * rest * rest * (3 - 2 * rest);
          }
        }
      }
      canvas.applyLight();
    }

    function drawDust(t: number): void {
      const specks: Vertex[] = [];
      for (const each of dust) {
        const age = t - each.start;
        if (age < 0 || age > each.life) continue;
        addSprite(specks, speck, {
          x: short * (each.x + each.speedX * age),
          y: short * (each.y + each.speedY * age + 0.7 * age * age),
          halfLength: Math.max(1, short * each.size),
          halfBreadth: Math.max(1, short * each.size),
          angle: 0,
          opacity: 0.8 * (1 - age / each.life),
        });
      }
      canvas.triangles(speck, specks);
    }
  },
};

/** The cracks in rings around the centre: dark lines, their lit lips, and the seams that shine when they close. */
function crackRings(shards: readonly Shard[], centre: { x: number; y: number }, short: number) {
  const rings: { far: number; lines: Vertex[]; lips: Vertex[]; seams: Vertex[] }[] = [];
  const known = new Set<string>();
  for (const { corners } of shards) {
    corners.forEach((from, index) => {
      const to = corners[(index + 1) % corners.length]!;
      const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      // Neighbours share their edges.
      const name = `${Math.round(2000 * x)} ${Math.round(2000 * y)}`;
      if (known.has(name)) return;
      known.add(name);
      const far = Math.hypot(x - centre.x, y - centre.y);
      const place = Math.floor(far / RING);
      rings[place] ??= { far: place * RING, lines: [], lips: [], seams: [] };
      const { lines, lips, seams } = rings[place];
      addLine(lines, from, to, short, 0.0028, 0);
      addLine(lips, from, to, short, 0.0022, 0.0032);
      addLine(seams, from, to, short, 0.011, 0);
      addLine(seams, from, to, short, 0.004, 0);
    });
  }
  return rings.filter((ring) => ring !== undefined);
}

/** Adds a thin line between two corners, dense in its middle; breadth and offset in short sides. */
function addLine(
  list: Vertex[],
  from: Corner,
  to: Corner,
  short: number,
  half: number,
  offset: number,
): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const normal = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length] as const;
  const wide = Math.max(1, half * short);
  const at = ([x, y]: Corner, side: number, cover: number): Vertex => ({
    x: (x + 0.7 * offset) * short + normal[0] * side * wide,
    y: (y + offset) * short + normal[1] * side * wide,
    u: 2,
    v: 2,
    shade: 1,
    light: 0,
    cover: cover * Math.min(1, half * short),
  });
  for (const side of [-1, 1]) {
    const [a, b, c, d] = [at(from, 0, 1.6), at(to, 0, 1.6), at(to, side, 0), at(from, side, 0)];
    list.push(a, b, c, a, c, d);
  }
}

/** Light from above left. */
function lit(normal: readonly [number, number, number], facesUs: boolean): number {
  const sign = facesUs ? 1 : -1;
  const value = 0.5 + 0.5 * Math.abs(normal[2]) - 0.35 * normal[1] * sign - 0.2 * normal[0] * sign;
  return Math.max(0.25, Math.min(1.25, value));
}

function gleam([x, y, z]: readonly [number, number, number]): number {
  // At rest it looks straight at us and shines no more than the picture does.
  return Math.max(0, -0.55 * y - 0.35 * x + 0.75 * z) ** 24 * (1 - z ** 8);
}
