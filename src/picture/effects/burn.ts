import { between, createRandom } from '../../random.ts';
import { blur } from '../pixels/box.ts';
import { planeAt } from '../pixels/plane.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { EffectCanvas, Texture, Vertex } from './kernel/canvas.ts';
import { smootherstep } from './kit/easing.ts';
import { createNoise, gridPlane, toField, toRanks } from './kit/field.ts';
import { addSprite } from './kit/geometry.ts';
import { paintTexture, spread } from './kit/paint.ts';
import { heightFrom } from './place.ts';

/** Moments of the action in seconds. */
const MATCH = 0.35;
const CATCH = 0.5;
const DYING = 3.9;
const OUT = 4.8;
/** Part of the picture that burns. */
const BURNT = 0.72;
/** Widths of the bands behind the front, in ranks. */
const EMBER = 0.011;
const CHAR = 0.05;
const SCORCH = 0.07;

/** The rank that the front has reached; below zero nothing burns yet. */
function front(t: number, most: number): number {
  if (t < CATCH) return -0.12 + 0.1 * smoothstep(MATCH, CATCH, t);
  return -0.02 + most * (0.08 * smoothstep(CATCH, 1, t) + 0.94 * smootherstep(CATCH + 0.1, 4.3, t));
}

const heat = (t: number) => smoothstep(CATCH, 0.9, t) * (1 - 0.86 * smoothstep(DYING, OUT, t));

/** The picture is paper on a desk: fire eats in from its rim towards the subject, and leaves a charred fragment. */
export const burn: Effect = {
  code: 'burn_61840297',
  name: 'Burn',
  summary:
    'The picture burns like paper from its rim; a charred fragment with the subject is left on a desk.',
  events: [{ time: MATCH, name: 'match', strength: 1 }],
  sounds: [
    { generator: 'hiss', variant: 'spray', gainDecibels: -6, at: ['match'] },
    { generator: 'fire', variant: 'wood', intensity: 0.7, gainDecibels: 2, at: [CATCH, OUT] },
  ],

  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short } = canvas;
    const noise = createNoise(seed);
    const random = createRandom(seed);
    const [across, down] = [width / short, height / short];
    const centreX = Math.max(0.3, Math.min(0.7, place.x)) * across;
    const centreY = Math.max(0.3, Math.min(0.7, place.y)) * down;
    const order = toRanks(
      gridPlane(canvas, (x, y) => {
        // Flames come over the upper rim last: a head is near it more often than not.
        const rim = Math.min(x, 2 * y, across - x, down - y);
        const away = Math.hypot((x - centreX) / (0.62 * across), heightFrom(centreY, y) / (0.62 * down));
        return (
          0.75 * (1 - Math.min(1.25, away)) +
          0.44 * rim +
          0.62 * noise(3.2 * x, 3.2 * y) +
          0.1 * noise(14 * x, 14 * y)
        );
      }),
    );
    const flicker = gridPlane(canvas, (x, y) => 0.5 + 1.25 * noise(9 * x + 40, 9 * y));
    const field = toField(canvas, order, flicker);
    const desk = spread(canvas, paintDesk(canvas, noise));
    const most = BURNT * (0.35 + 0.65 * strength);
    const flame = paintFlame(canvas);
    const spark = paintSpark(canvas);
    /** Where flames may stand, and when the front comes by. */
    const places = Array.from({ length: 1400 }, () => {
      const x = random();
      const y = random();
      return {
        x: x * width,
        y: y * height,
        rank: planeAt(order, x, y),
        phase: 6.3 * random(),
        size: between(random, 0.5, 1.2),
      };
    });
    const sparks = places.filter(({ rank }) => rank < most - 0.02).slice(0, 320);

    return {
      draw(t) {
        const reached = front(t, most);
        const warm = heat(t);
        canvas.bands(field, reached * 65535, 0.5 * 65535, desk, (distance, level) => {
          const d = distance / 65535;
          const burning =
            0.25 + 1.1 * clamp01(0.5 + 0.9 * Math.sin(5 * t + 21 * level) * Math.sin(2.3 * t + 47 * level));
          const scorch = Math.exp(-Math.max(0, d - 0.02) / SCORCH) * (1 - smoothstep(0.18, 0.25, d));
          const charred = clamp01((CHAR - d) / (0.8 * CHAR)) ** 1.3;
          const ember = clamp01(1 - Math.abs(d - 0.001) / EMBER) * burning * warm;
          const spots =
            d > EMBER && d < CHAR && level > 0.72
              ? (level - 0.72) * 2.2 * warm * clamp01(Math.sin(6 * t + 90 * level))
              : 0;
          const glow = ember + spots;
          const dim = (1 - 0.5 * scorch) * (1 - 0.95 * charred);
          return {
            luma: dim,
            chroma: (1 - 0.7 * scorch) * (1 - 0.9 * charred),
            add: [
              130 * glow + 20 * ember ** 2,
              -9 * scorch * (1 - charred) - 62 * glow,
              8 * scorch * (1 - charred) + 58 * glow,
            ],
            under: smoothstep(-0.25 * EMBER, -EMBER, d),
          };
        });
        if (warm > 0.02) {
          lightUp(reached, t);
          drawFlames(reached, t);
        }
      },
    };

    /** The glow of the embers on what lies around, and the shadow of the sheet on the desk. */
    function lightUp(reached: number, t: number): void {
      const { light } = canvas;
      canvas.clearLight();
      const glow = new Float32Array(light.columns * light.rows);
      for (let row = 0, cell = 0; row < light.rows; row++) {
        for (let column = 0; column < light.columns; column++, cell++) {
          const x = (column * light.cell) / width;
          const y = (row * light.cell) / height;
          const d = planeAt(order, x, y) - reached;
          if (Math.abs(d) < 0.02)
            glow[cell] = (1 - Math.abs(d) / 0.02) * clamp01(0.4 + planeAt(flicker, x, y));
        }
      }
      const flare = 0.85 + 0.15 * Math.sin(23 * t) * Math.sin(9.7 * t);
      const cells = short / light.cell;
      const tight = blur(glow, light.columns, light.rows, Math.max(1, Math.round(0.009 * cells)));
      const wide = blur(glow, light.columns, light.rows, Math.max(1, Math.round(0.04 * cells)));
      for (let cell = 0; cell < glow.length; cell++) {
        const value = Math.min(1, 0.55 * tight[cell]! + 1.3 * wide[cell]! * flare) * heat(t);
        light.luma[cell] = 95 * value;
        light.blue[cell] = -42 * value;
        light.red[cell] = 38 * value;
      }
      canvas.applyLight();
    }

    function drawFlames(reached: number, t: number): void {
      const flames: Vertex[] = [];
      for (const each of places) {
        const age = (reached - each.rank) / 0.03;
        if (age < -0.2 || age > 1) continue;
        const life = Math.sin(Math.PI * clamp01((age + 0.2) / 1.2)) * heat(t);
        const lick = 0.65 + 0.35 * Math.sin(11 * t + each.phase) * Math.sin(7.3 * t + 2 * each.phase);
        const tall = 0.075 * short * each.size * life * lick;
        addSprite(flames, flame, {
          x: each.x + 0.006 * short * Math.sin(6 * t + each.phase),
          y: each.y - 0.8 * tall,
          halfLength: tall,
          halfBreadth: 0.3 * tall + 0.004 * short,
          angle: -Math.PI / 2 + 0.22 * Math.sin(4.1 * t + each.phase),
          opacity: 0.62 * life,
        });
      }
      canvas.triangles(flame, flames, { glows: true });
      const flying: Vertex[] = [];
      for (const each of sparks) {
        // A spark leaves when the front comes by: its age follows the front's way, which never goes back.
        const age = (reached - each.rank) * 5 - 0.02;
        if (age < 0 || age > 0.6 * each.size) continue;
        const left = 1 - age / (0.6 * each.size);
        addSprite(flying, spark, {
          x:
            each.x + 0.02 * short * Math.sin(8 * age + each.phase) + 0.1 * short * age * Math.cos(each.phase),
          y: each.y - 0.55 * short * age,
          halfLength: 0.006 * short * each.size,
          halfBreadth: 0.003 * short * each.size,
          angle: -Math.PI / 2,
          opacity: left * heat(t),
        });
      }
      canvas.triangles(spark, flying, { glows: true });
    }
  },
};

/** Dark planks in lamplight. */
function paintDesk(canvas: EffectCanvas, noise: (x: number, y: number) => number): Texture {
  const columns = Math.round((360 * canvas.width) / canvas.short);
  const rows = Math.round((360 * canvas.height) / canvas.short);
  return paintTexture(canvas, columns, rows, (x, y) => {
    const [u, v] = [(x * columns) / 360, (y * rows) / 360];
    const plank = Math.floor(v * 3.4 + 0.3);
    const seam = Math.abs(((v * 3.4 + 0.3) % 1) - 0.5) > 0.486 ? 0.45 : 1;
    const grain = noise(1.6 * u + 7.3 * plank, 22 * v + 0.8 * noise(2 * u, 3 * v));
    const lamp = 1.05 - 0.75 * ((x - 0.5) ** 2 + (y - 0.5) ** 2);
    const value = (58 + 26 * grain + 7 * ((plank * 37) % 5)) * seam * lamp;
    return [1.16 * value, 0.8 * value, 0.56 * value, 1];
  });
}

/** A tongue of flame, lengthwise: its foot at the left. */
function paintFlame(canvas: EffectCanvas): Texture {
  return paintTexture(canvas, 64, 32, (x, y) => {
    const v = 2 * y - 1;
    const half = 0.9 * Math.sin(Math.PI * Math.min(1, 0.12 + 0.88 * x)) ** 0.8 * (1 - 0.55 * x);
    const body = clamp01(1 - Math.abs(v) / Math.max(0.02, half));
    const hot = body * (1 - x);
    return [
      255,
      120 + 120 * hot,
      20 + 120 * hot * hot,
      body ** 1.3 * (1 - x) ** 0.7 * smoothstep(0, 0.15, x),
    ];
  });
}

/** A glowing speck. */
function paintSpark(canvas: EffectCanvas): Texture {
  return paintTexture(canvas, 16, 16, (x, y) => {
    const rest = Math.max(0, 1 - (2 * x - 1) ** 2 - (2 * y - 1) ** 2);
    return [255, 190, 90, rest * rest];
  });
}
