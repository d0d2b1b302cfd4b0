import { between, createRandom } from '../../random.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { EffectCanvas, Texture, Vertex } from './kernel/canvas.ts';
import { decelerate, mix, smootherstep } from './kit/easing.ts';
import { addSprite } from './kit/geometry.ts';
import { colourAt, meanColour, paintTexture, setPixel } from './kit/paint.ts';

/** Moments of the action in seconds. */
const IGNITE = 0.4;
const OPEN = 1.0;
const ENTER = 2.35;
const THROUGH = 3.25;
const ARRIVED = 3.9;
/** Radius of the open portal in short sides. */
const RADIUS = 0.29;
const SEGMENTS = 96;
/** How far inwards and outwards the ring lights up what lies around it, in short sides, and in how many steps of one. */
const INSIDE = 0.25;
const OUTSIDE = 0.45;
const GLOW_STEPS = 1024;
const FULL_TURN = 2 * Math.PI;

const otherness = (t: number) => 1 - smoothstep(THROUGH, ARRIVED + 0.6, t);

/** A ring of sparks opens around the subject onto another world, and the camera flies through it, back to the picture. */
export const portal: Effect = {
  code: 'portal_48206513',
  name: 'Portal',
  summary: 'A ring of sparks opens onto another world, and the camera flies through it.',
  events: [
    { time: IGNITE, name: 'ignite', strength: 0.7 },
    { time: OPEN + 0.1, name: 'open', strength: 1 },
    { time: THROUGH - 0.1, name: 'through', strength: 1 },
  ],
  sounds: [
    { generator: 'magic', variant: 'sparkle', gainDecibels: 0, at: ['ignite', 'open'] },
    { generator: 'sizzling', variant: 'frying', gainDecibels: -8, at: [IGNITE, THROUGH] },
    { generator: 'whoosh', variant: 'deep', pace: 0.9, gainDecibels: 2, at: ['through'] },
  ],

  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short } = canvas;
    const random = createRandom(seed);
    const centreX = place.x * width;
    const centreY = place.y * height;
    const beyond = Math.hypot(width, height) * 1.15;
    const open = RADIUS * short * (0.55 + 0.45 * strength);
    const [red, , blue] = meanColour(canvas, width / 2, height / 2, short / 2);
    const isWarm = red > blue * 1.12;
    const tint: readonly [number, number, number] = isWarm ? [90, 205, 255] : [255, 168, 62];
    const other = paintOtherWorld(canvas, isWarm);
    const glow = paintGlow(canvas, tint);
    const sparks = Array.from({ length: 420 }, () => ({
      phase: random(),
      life: between(random, 0.35, 0.8),
      angle: random() * FULL_TURN,
      speed: between(random, 0.25, 0.95),
      outward: between(random, -0.1, 0.5),
      size: between(random, 0.5, 1.3),
    }));

    /** The ring's light, and what is left of the picture's, by the distance from it. */
    const glowAt = new Float32Array(GLOW_STEPS);
    const shadeAt = new Float32Array(GLOW_STEPS);

    const radius = (t: number) => {
      const grown =
        open * (0.5 * smoothstep(IGNITE, IGNITE + 0.3, t) + 0.5 * decelerate(OPEN, OPEN + 0.5, t));
      const breath = 1 + 0.02 * Math.sin(5 * t);
      return grown * breath * (beyond / open) ** smootherstep(ENTER, THROUGH, t);
    };
    /** How much of the ring has been drawn: it is struck like a match and runs round. */
    const drawn = (t: number) => smootherstep(IGNITE, OPEN, t);
    /** The ring's middle comes to the frame's as the camera flies in. */
    const middle = (t: number) => {
      const share = smootherstep(ENTER - 0.3, THROUGH, t);
      return { x: mix(centreX, width / 2, share), y: mix(centreY, height / 2, share) };
    };

    return {
      draw(t) {
        const ring = { ...middle(t), radius: radius(t) };
        const nearer =
          (beyond / open) ** smootherstep(ENTER, THROUGH, t) * (1 + 0.05 * smoothstep(OPEN, ENTER + 0.4, t));
        if (t < THROUGH) {
          const reach = 0.1 * short;
          const twist = 0.5 * drawn(t) * smoothstep(0, 0.05 * short, ring.radius);
          canvas.warp(canvas.picture, (x, y, point) => {
            const dx = x - ring.x;
            const dy = y - ring.y;
            const far = (Math.sqrt(dx * dx + dy * dy) - ring.radius) / reach;
            let cosine = 1 / nearer;
            let sine = 0;
            // Beyond this the turn is less than a hundredth of a degree.
            if (far > -2.8 && far < 2.8) {
              const swirl = twist * Math.exp(-far * far);
              cosine = Math.cos(swirl) / nearer;
              sine = Math.sin(swirl) / nearer;
            }
            point[0] = centreX + cosine * dx - sine * dy;
            point[1] = centreY + sine * dx + cosine * dy;
          });
        }
        const inside = disc(ring, t);
        const strange = otherness(t);
        // Once it has arrived the canvas shows the picture already.
        if (strange < 1 && t < ARRIVED) canvas.triangles(canvas.picture, inside);
        if (strange > 0) {
          const scale = other.width / canvas.picture.width;
          const strangers = inside.map((vertex) => ({ ...vertex, u: vertex.u * scale, v: vertex.v * scale }));
          canvas.triangles(other, strangers, { opacity: strange });
        }
        if (t < THROUGH) {
          shine(ring, t);
          drawRing(ring, t);
        }
        drawSparks(ring, t);
      },
      speed: (t) => (t > ENTER + 0.3 && t < THROUGH - 0.15 ? 0.55 : 0),
    };

    /** What is seen through the ring: the whole picture, which is farther away than the ring and so grows more slowly. */
    function disc({ x, y, radius: outer }: Ring, t: number): Vertex[] {
      const radius = outer * smoothstep(OPEN - 0.15, OPEN + 0.3, t);
      const arrived = smootherstep(ENTER - 0.2, THROUGH, t);
      // Never so small that its border would be seen through the ring.
      const cover = (from: number, size: number) =>
        (2.04 * Math.min(1.05 * radius, Math.max(from, size - from))) / size;
      const rest = 1 + 0.04 * (1 - smootherstep(ENTER, ARRIVED, t));
      const scale = Math.max(
        mix(0.5, 1, arrived) * rest,
        Math.min(rest, Math.max(cover(x, width), cover(y, height))),
      );
      const toTexture = canvas.picture.width / width / scale;
      const turn = 0.35 * (1 - smootherstep(OPEN, THROUGH, t));
      const corner = (angle: number, far: number, cover: number): Vertex => {
        const across = far * Math.cos(angle);
        const down = far * Math.sin(angle);
        const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
        return {
          x: x + across,
          y: y + down,
          u: canvas.picture.width / 2 + (cosine * across - sine * down) * toTexture,
          v: canvas.picture.height / 2 + (sine * across + cosine * down) * toTexture,
          shade: 1,
          light: 0,
          cover,
        };
      };
      const vertices: Vertex[] = [];
      const heart = corner(0, 0, Math.max(1, 0.5 * radius));
      const rim = Array.from({ length: SEGMENTS + 1 }, (_, index) => {
        const angle = ((index % SEGMENTS) / SEGMENTS) * FULL_TURN;
        const wave = 0.02 * Math.sin(3 * angle + 2.1 * t) + 0.012 * Math.sin(7 * angle - 3.3 * t);
        return corner(angle, radius * (1 + wave), 0);
      });
      for (let index = 0; index < SEGMENTS; index++) vertices.push(heart, rim[index]!, rim[index + 1]!);
      return vertices;
    }

    /** The ring's light on what lies around it. */
    function shine({ x, y, radius }: Ring, t: number): void {
      const { light } = canvas;
      canvas.clearLight();
      const share = drawn(t) * (0.85 + 0.15 * Math.sin(31 * t) * Math.sin(17 * t));
      const [r, g, b] = tint;
      const blueShift = (b - 0.3 * r - 0.6 * g) * 0.2;
      const redShift = (r - 0.6 * g - 0.3 * b) * 0.2;
      const steps = Math.ceil((OUTSIDE + INSIDE) * GLOW_STEPS);
      for (let step = 0; step <= steps; step++) {
        const far = step / GLOW_STEPS - INSIDE;
        glowAt[step] = Math.exp(-Math.abs(far) / (far > 0 ? 0.09 : 0.045)) * share;
        // Light shows against dark: bright pictures step back around the ring.
        const dark = Math.exp(-Math.abs(far) / (far > 0 ? 0.15 : 0.05));
        shadeAt[step] = 1 - 0.42 * share * dark * smoothstep(OUTSIDE, 0.25, far);
      }
      const toStep = GLOW_STEPS / short;
      const first = (INSIDE * short - radius) * toStep;
      const reach = radius + OUTSIDE * short;
      const top = Math.max(0, Math.ceil((y - reach) / light.cell));
      const bottom = Math.min(light.rows - 1, Math.floor((y + reach) / light.cell));
      for (let row = top; row <= bottom; row++) {
        const down = row * light.cell - y;
        for (let column = 0, cell = row * light.columns; column < light.columns; column++, cell++) {
          const across = column * light.cell - x;
          const step = Math.round(Math.sqrt(across * across + down * down) * toStep + first);
          if (step < 0 || step > steps) continue;
          const near = glowAt[step]!;
          light.luma[cell] = 70 * near;
          light.shade[cell] = shadeAt[step]!;
          light.blue[cell] = blueShift * near;
          light.red[cell] = redShift * near;
        }
      }
      canvas.applyLight();
    }

    function drawRing({ x, y, radius }: Ring, t: number): void {
      const count = 150;
      const end = drawn(t);
      const ring: Vertex[] = [];
      const thick = short * (0.012 + 0.012 * clamp01(radius / short));
      for (let index = 0; index < count * end; index++) {
        const angle = (index / count) * FULL_TURN - Math.PI / 2 + 0.7 * t;
        const flare = 0.6 + 0.4 * Math.sin(13 * angle + 23 * t) * Math.sin(5 * angle - 9 * t);
        const wave =
          radius * (1 + 0.02 * Math.sin(3 * angle + 2.1 * t) + 0.012 * Math.sin(7 * angle - 3.3 * t));
        addSprite(ring, glow, {
          x: x + wave * Math.cos(angle),
          y: y + wave * Math.sin(angle),
          halfLength: Math.max(thick, (radius * FULL_TURN) / count) * (1.2 + flare),
          halfBreadth: thick * (0.6 + 0.9 * flare),
          angle: angle + Math.PI / 2 + 0.25 * flare,
          opacity: 0.75 * flare,
        });
      }
      canvas.triangles(glow, ring, { glows: true });
    }

    /** Sparks fly off the turning ring, along it and outwards, and fall; what is left of them rains down at the end. */
    function drawSparks({ x, y, radius }: Ring, t: number): void {
      const flying: Vertex[] = [];
      for (const spark of sparks) {
        const cycles = (t - IGNITE) / spark.life + spark.phase;
        const age = (cycles - Math.floor(cycles)) * spark.life;
        const born = t - age;
        if (born < IGNITE || born > THROUGH) continue;
        const angle = spark.angle + 2.6 * Math.floor(cycles) - Math.PI / 2 + 0.7 * born;
        const around = (((angle + Math.PI / 2 - 0.7 * born) % FULL_TURN) + FULL_TURN) % FULL_TURN;
        if (around > drawn(born) * FULL_TURN) continue;
        const then = radius;
        const pace = short * spark.speed * (0.35 + 0.65 * clamp01(then / open));
        const speedX = pace * (-Math.sin(angle) + spark.outward * Math.cos(angle));
        const speedY = pace * (Math.cos(angle) + spark.outward * Math.sin(angle)) + 0.9 * short * age;
        addSprite(flying, glow, {
          x: x + then * Math.cos(angle) + speedX * age,
          y: y + then * Math.sin(angle) + speedY * age - 0.45 * short * age * age,
          halfLength: short * 0.004 + 0.028 * Math.hypot(speedX, speedY),
          halfBreadth: 0.0034 * short * spark.size,
          angle: Math.atan2(speedY, speedX),
          opacity: (1 - age / spark.life) ** 0.8,
        });
      }
      canvas.triangles(glow, flying, { glows: true });
    }
  },
};

interface Ring {
  x: number;
  y: number;
  radius: number;
}

/** The picture in another light: night over strange colours, and what was bright shines. */
function paintOtherWorld(canvas: EffectCanvas, isWarm: boolean): Texture {
  const { width, height, still } = canvas;
  const [columns, rows] = [width >> 1, height >> 1];
  const world = canvas.createTexture(columns, rows);
  const gain = exposureOf(still);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const [red, green, blue] = colourAt(still, 2 * row * width + 2 * column);
      const bright = Math.min(1, (gain * (0.3 * red + 0.6 * green + 0.1 * blue)) / 255);
      const deep = bright ** 1.35;
      const own = (value: number) => 0.35 * value;
      const high = smoothstep(0.35, 0.95, bright);
      const low = smoothstep(0.02, 0.2, bright) * (1 - smoothstep(0.2, 0.5, bright));
      setPixel(
        world,
        at,
        isWarm
          ? [
              own(blue) + 40 * deep + 120 * high,
              own(green) + 150 * deep + 60 * high,
              own(red) + 215 * deep + 30,
              1,
            ]
          : [
              own(red) + 22 + 175 * deep + 45 * high - 20 * low,
              0.55 * own(green) + 20 * deep + 165 * high + 62 * low,
              own(blue) + 62 + 165 * deep * (1 - high),
              1,
            ],
      );
    }
  }
  return world;
}

/** What a dark picture is to be multiplied by, so that the brightest of it shines in its other world, too: 1–2.4. */
function exposureOf({ pixels }: Texture): number {
  const levels = new Uint32Array(256);
  for (let at = 0; at < pixels.length; at += 4) levels[pixels[at]!]!++;
  let left = 0.04 * (pixels.length / 4);
  let level = 255;
  while (level > 17 && left > levels[level]!) left -= levels[level--]!;
  return Math.max(1, Math.min(2.4, (0.8 * 219) / (level - 16)));
}

/** Light in a colour, white in its core. */
function paintGlow(canvas: EffectCanvas, [red, green, blue]: readonly [number, number, number]): Texture {
  return paintTexture(canvas, 48, 32, (x, y) => {
    const u = 2 * x - 1;
    const v = 2 * y - 1;
    const rest = Math.max(0, 1 - u * u - v * v);
    const core = rest ** 3;
    return [mix(red, 255, core), mix(green, 255, core), mix(blue, 255, core), rest * rest];
  });
}
