import { between, createRandom } from '../../random.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { EffectCanvas, Texture, Vertex } from './kernel/canvas.ts';
import { mix, smootherstep } from './kit/easing.ts';
import { addSprite, surface } from './kit/geometry.ts';
import { blurPicture, paintTexture, spread } from './kit/paint.ts';

/** Moments of the action in seconds. */
const HUSH = 0.45;
const CUT = 0.98;
const SLIP = 1.45;
const REST = 2.6;
/** How far the halves slide apart along the cut, and the gap between them, in short sides. */
const TRAVEL = 0.09;
const GAP = 0.012;
/** The camera moves in by so much, so that halves that slide never show what lies beside the picture. */
const PUSH_IN = 1.075;

/** How far the halves have slid, 0–1 and a little more before they rest: they creep, then go. */
function slide(t: number): number {
  if (t < SLIP) return 0;
  const creep = 0.16 * smootherstep(SLIP, SLIP + 0.5, t);
  return (
    creep +
    0.84 * (1.06 * smootherstep(SLIP + 0.35, REST, t) - 0.06 * smootherstep(REST - 0.05, REST + 0.55, t))
  );
}

/** A hush, a flash along a line, a beat of stillness; then the halves of the picture slide along the cut and rest. */
export const samurai: Effect = {
  code: 'samurai_99757865',
  name: 'Samurai',
  summary: 'A blade flashes through the subject, and after a beat of stillness the two halves slide apart.',
  events: [
    { time: CUT - 0.05, name: 'draw', strength: 1 },
    { time: CUT + 0.03, name: 'cut', strength: 1 },
    { time: SLIP + 0.45, name: 'slip', strength: 0.6 },
    { time: REST, name: 'rest', strength: 0.8 },
  ],
  sounds: [
    { generator: 'whoosh', variant: 'blade', pace: 0.8, gainDecibels: 0, at: ['draw'] },
    { generator: 'impact', variant: 'metal', intensity: 0.7, gainDecibels: -1, at: ['cut'] },
    { generator: 'scrape', variant: 'metal', gainDecibels: -6, at: ['slip'] },
    { generator: 'impact', variant: 'stone', intensity: 0.4, gainDecibels: -6, at: ['rest'] },
  ],

  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short } = canvas;
    const random = createRandom(seed);
    const angle = -(width > height ? 0.42 : 0.52);
    const along = { x: Math.cos(angle), y: Math.sin(angle) };
    /** Square to the cut, towards the lower half. */
    const below = { x: -along.y, y: along.x };
    const middleX = Math.max(0.35, Math.min(0.65, place.x)) * width;
    const middleY = Math.max(0.38, Math.min(0.62, place.y)) * height;
    const diagonal = Math.hypot(width, height);
    const distance = 1.6 * diagonal;
    const travel = TRAVEL * short * (0.3 + 0.7 * strength);
    const behind = spread(
      canvas,
      blurPicture(canvas, 0.05, (red, green, blue) => [
        12 + 0.32 * red,
        3 + 0.12 * green,
        4 + 0.12 * blue,
        1,
      ]),
    );
    const edge = paintTexture(canvas, 4, 4, () => [255, 246, 226, 1]);
    const glow = paintGlow(canvas);
    const petal = paintPetal(canvas);
    const petals = Array.from({ length: 64 }, () => ({
      x: between(random, -0.25, 1.05) * width,
      y: between(random, -1.3, -0.05) * height,
      fall: between(random, 0.2, 0.45) * height,
      size: short * (random() > 0.9 ? 0.036 : between(random, 0.009, 0.018)),
      turn: between(random, 0, 6.3),
      pace: between(random, 2, 5),
      shade: between(random, 0.8, 1.05),
    }));
    const sparks = Array.from({ length: 130 }, () => {
      const at = random() - 0.5;
      const energy = short * (0.1 + 0.9 * random() ** 2);
      const side = random() < 0.5 ? -1 : 1;
      return {
        at: at * diagonal * 0.95,
        delay: 0.07 * (at + 0.5),
        life: between(random, 0.22, 0.6),
        speedX: energy * (along.x * between(random, 0.6, 1.6) + below.x * side * 0.5),
        speedY: energy * (along.y * between(random, 0.6, 1.6) + below.y * side * 0.5) - 0.15 * short,
      };
    });
    const openness = (t: number) => clamp01(slide(t));
    const zoom = (t: number) =>
      mix(1, PUSH_IN, smootherstep(0.3, CUT - 0.05, t)) + 0.012 * smootherstep(REST, 6, t);

    return {
      draw(t) {
        const open = openness(t);
        if (open === 0) canvas.triangles(canvas.picture, half(0, t));
        else {
          canvas.show(behind);
          drawHalf(1, t);
          castShadow(t);
          drawHalf(-1, t);
        }
        drawLine(t);
        drawSparks(t);
        drawPetals(t);
      },
      speed: (t) => (Math.abs(slide(t + 0.02) - slide(t - 0.02)) / 0.04) * TRAVEL * strength,
      tone(t) {
        const hush = smoothstep(HUSH, 0.9, t) * (1 - smoothstep(SLIP, SLIP + 1.2, t));
        const flash = Math.exp(-38 * Math.abs(t - CUT - 0.045));
        return {
          luma: mix(1, 0.6, hush),
          chroma: mix(1, 0.16, hush) * (1 - 0.7 * flash),
          raise: 175 * flash,
        };
      },
    };

    /** One half as a plane in space: 1 the lower, −1 the upper; 0 is the whole picture. */
    function half(side: -1 | 0 | 1, t: number, lift = 0): Vertex[] {
      const open = openness(t);
      const slid = slide(t) * travel;
      const turn = (side < 0 ? 0.034 : -0.004) * open * strength;
      const grow = zoom(t) + 0.012 * open * (side < 0 ? 1 : 0.3);
      const [cosine, sine] = [Math.cos(turn) * grow, Math.sin(turn) * grow];
      const offsetX = side * (along.x * slid + below.x * GAP * short * open);
      const offsetY = side * (along.y * slid + below.y * GAP * short * open);
      const near = (side < 0 ? 0.072 : -0.038) * short * open * Math.abs(side);
      const tiltX = (side < 0 ? 0.03 : -0.02) * open * Math.abs(side);
      const tiltY = (side < 0 ? -0.05 : 0.03) * open * Math.abs(side);
      // A margin of the picture's own mirror image around it: sliding halves never show what lies beside it.
      return surface(canvas, 20, 20, distance, (across, down) => {
        const s = 1.25 * across - 0.125;
        const v = 1.25 * down - 0.125;
        const x = s * width - middleX;
        const y = v * height - middleY;
        const from = (x * below.x + y * below.y) * side;
        return {
          point: [
            middleX + offsetX + cosine * x - sine * y + lift * below.x,
            middleY + offsetY + sine * x + cosine * y + lift * below.y,
            near + tiltX * x + tiltY * y,
          ],
          u: reflect(s) * canvas.picture.width,
          v: reflect(v) * canvas.picture.height,
          cover: side === 0 ? 1 : from + 0.5,
        };
      });
    }

    /** The half, and its lit edge: a sliver of light under the picture that ends a little earlier. */
    function drawHalf(side: -1 | 1, t: number): void {
      const thickness = 0.0075 * short * openness(t);
      const whole = half(side, t);
      const rim: Vertex[] = [];
      for (let at = 0; at < whole.length; at += 3) {
        const corners = whole.slice(at, at + 3);
        // The rest of it lies under the picture.
        if (corners.every(({ cover }) => cover > thickness + 1)) continue;
        rim.push(...corners.map((vertex) => ({ ...vertex, u: 2, v: 2, shade: side < 0 ? 0.62 : 0.94 })));
      }
      canvas.triangles(edge, rim);
      const face = whole.map((vertex) => ({ ...vertex, cover: vertex.cover - thickness }));
      canvas.triangles(canvas.picture, face);
    }

    /** The upper half is nearer: its shadow falls across the lower one. */
    function castShadow(t: number): void {
      const open = openness(t);
      const { light } = canvas;
      canvas.clearLight();
      const slid = slide(t) * travel;
      const edgeX = middleX - below.x * (GAP * short * open) - along.x * slid;
      const edgeY = middleY - below.y * (GAP * short * open) - along.y * slid;
      for (let row = 0, cell = 0; row < light.rows; row++) {
        for (let column = 0; column < light.columns; column++, cell++) {
          const depth = (column * light.cell - edgeX) * below.x + (row * light.cell - edgeY) * below.y;
          light.shade[cell] = 1 - 0.62 * open * smoothstep(0.085 * short, -0.01 * short, depth);
        }
      }
      canvas.applyLight();
    }

    /** The blade's line: end to end within three frames, tapered, then a seam that cools. */
    function drawLine(t: number): void {
      if (t < CUT - 0.09 || t > SLIP + 0.35) return;
      const head = smoothstep(CUT - 0.09, CUT + 0.03, t);
      const tail = clamp01((t - CUT - 0.02) / 0.5);
      const fade = 1 - smoothstep(CUT + 0.06, SLIP + 0.3, t);
      const from = mix(-0.55, -0.2, tail) * diagonal;
      const to = mix(-0.55, 0.55, head) * diagonal;
      const middle = (from + to) / 2;
      const breadth = short * (0.0022 + 0.012 * (1 - smoothstep(CUT, CUT + 0.22, t)));
      const line: Vertex[] = [];
      for (const [wide, opacity] of [
        [5, 0.5],
        [1, 1],
      ] as const) {
        addSprite(line, glow, {
          x: middleX + along.x * middle,
          y: middleY + along.y * middle,
          halfLength: (to - from) / 2,
          halfBreadth: breadth * wide,
          angle,
          opacity: opacity * fade,
        });
      }
      canvas.triangles(glow, line, { glows: true });
    }

    function drawSparks(t: number): void {
      const vertices: Vertex[] = [];
      for (const spark of sparks) {
        const age = t - CUT - spark.delay;
        if (age < 0 || age > spark.life) continue;
        const drag = (1 - Math.exp(-3 * age)) / 3;
        const slow = Math.exp(-3 * age);
        const speedX = spark.speedX * slow;
        const speedY = spark.speedY * slow + short * age;
        addSprite(vertices, glow, {
          x: middleX + along.x * spark.at + spark.speedX * drag,
          y: middleY + along.y * spark.at + spark.speedY * drag + 0.5 * short * age * age,
          halfLength: Math.max(0.004 * short, 0.035 * Math.hypot(speedX, speedY)),
          halfBreadth: 0.0026 * short,
          angle: Math.atan2(speedY, speedX),
          opacity: (1 - age / spark.life) ** 1.2,
        });
      }
      canvas.triangles(glow, vertices, { glows: true });
    }

    function drawPetals(t: number): void {
      const age = t - 0.75;
      if (age < 0) return;
      const vertices: Vertex[] = [];
      for (const each of petals) {
        const x = each.x + 0.1 * width * age + 0.03 * short * Math.sin(age * each.pace + each.turn);
        const y = each.y + 1.25 * each.fall * age;
        if (y < -each.size || y > height + each.size) continue;
        const flutter = Math.cos(age * each.pace * 1.7 + each.turn);
        addSprite(vertices, petal, {
          x,
          y,
          halfLength: 1.25 * each.size,
          halfBreadth: each.size * (0.3 + 0.6 * Math.abs(flutter)),
          angle: each.turn + age * each.pace,
          shade: each.shade * (flutter > 0 ? 1 : 0.84),
        });
      }
      canvas.triangles(petal, vertices);
    }
  },
};

/** Back into 0–1 by the nearer edge. */
function reflect(value: number): number {
  return value < 0 ? -value : value > 1 ? 2 - value : value;
}

/** White light that fades to both ends and both sides. */
function paintGlow(canvas: EffectCanvas): Texture {
  return paintTexture(canvas, 64, 32, (x, y) => {
    const u = 2 * x - 1;
    const v = 2 * y - 1;
    const taper = Math.sqrt(Math.max(0, 1 - u * u));
    const core = Math.max(0, 1 - Math.abs(v) / Math.max(0.02, taper));
    return [255, 247, 232, core * core * taper];
  });
}

/** A petal of cherry, notched at its tip. */
function paintPetal(canvas: EffectCanvas): Texture {
  return paintTexture(canvas, 48, 40, (x, y) => {
    const u = 2 * x - 1;
    const v = 2 * y - 1;
    const notch = u > 0.62 ? (u - 0.62) * 2.4 - 0.7 * Math.abs(v) : 0;
    const outline = u * u + v * v * (1.2 + 0.5 * u) + Math.max(0, notch);
    const light = 0.86 + 0.14 * u - 0.1 * Math.exp(-v * v * 40);
    return [248 * light, mix(176, 140, (1 - u) / 2) * light, 190 * light, clamp01((0.94 - outline) * 6)];
  });
}
