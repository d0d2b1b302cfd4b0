import { createRandom } from '../../random.ts';
import { clamp01, smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { Texture, Vertex } from './kernel/canvas.ts';
import { paintCoat, paintInside, paintKnife, paintRosette, paintTable } from './kit/cake-textures.ts';
import { mix, smootherstep } from './kit/easing.ts';
import { addSprite, type Point, project, type Sample, surface } from './kit/geometry.ts';
import { blurPicture, paintTexture, spread } from './kit/paint.ts';
import { castShadow } from './kit/shadow.ts';

/** Moments of the action in seconds: the picture tips, each cut falls, rests and is drawn out, the slice goes. */
const TIP = [0.3, 1.25] as const;
const FIRST = { down: 1.3, board: 1.6, out: 1.76, gone: 2.0 };
const SECOND = { down: 2.02, board: 2.3, out: 2.44, gone: 2.68 };
const SLIDE = 2.62;
const SLID = 3.37;
const TURNED = 3.85;
const SET_DOWN = 3.8;
/** Height of the cake, tilt of its top, how far the slice turns. */
const THICK = 0.3;
const TILT = (44 * Math.PI) / 180;
const TURN = -1.95;

type Flat = readonly [x: number, y: number];

/** The picture tips back and turns out to be the icing of a cake; a knife cuts a slice at the subject, which slides out. */
export const cakeify: Effect = {
  code: 'cakeify_24743216',
  name: 'Cakeify',
  summary:
    'The picture is cake: a knife cuts a slice at the subject, and it slides out with sponge and cream inside.',
  events: [
    { time: FIRST.down + 0.12, name: 'cut', strength: 0.9 },
    { time: FIRST.board, name: 'board', strength: 0.8 },
    { time: SECOND.down + 0.12, name: 'cut', strength: 1 },
    { time: SECOND.board, name: 'board', strength: 0.8 },
    { time: SLIDE + 0.1, name: 'slide', strength: 0.7 },
    { time: SET_DOWN, name: 'down', strength: 0.6 },
  ],
  sounds: [
    { generator: 'knife', variant: 'slice', gainDecibels: 0, at: ['cut'] },
    { generator: 'impact', variant: 'wood', intensity: 0.4, gainDecibels: -5, at: ['board', 'down'] },
    { generator: 'pop', variant: 'squelch', gainDecibels: -5, at: ['slide'] },
  ],

  setup({ canvas, place, seed, strength }: EffectStage) {
    const { width, height, short, picture } = canvas;
    const random = createRandom(seed);
    const isTall = height > width;
    const thick = THICK * short;
    const distance = 2.2 * Math.max(width, height);
    const tipX = Math.max(0.34, Math.min(0.66, place.x)) * width;
    const tipY = Math.max(Math.max(0.3, Math.min(0.62, place.y - 0.06)) * height, height - 0.7 * short);
    const half = Math.min(isTall ? 0.2 * width : 0.23 * width, 0.34 * short) * (0.75 + 0.25 * strength);
    const tip: Flat = [tipX, tipY];
    const left: Flat = [tipX - half, height];
    const right: Flat = [tipX + half, height];
    const long = Math.hypot(half, height - tipY);
    const horizon = isTall ? 0.2 : 0.16;

    const far = blurPicture(canvas, 0.09, (red, green, blue) => [red, green, blue, 1]);
    const table = spread(canvas, paintTable(canvas, seed, horizon, far));
    const inside = paintInside(canvas, seed);
    const coat = paintCoat(canvas, seed, thick);
    const knife = paintKnife(canvas);
    const rosettes = [6, 7, 8].map((turns) => paintRosette(canvas, turns));
    const board = paintTexture(canvas, 96, 96, (x, y) => {
      const rim = Math.min(x, y, 1 - x, 1 - y) < 0.012 ? 0.82 : 1;
      return [236 * rim, 232 * rim, 226 * rim, 1];
    });
    const crumbs = paintTexture(canvas, 4, 4, () => [70, 38, 22, 1]);

    const pitch = 0.072 * short;
    const rim: { x: number; y: number; size: number; kind: number; angle: number; isSlice: boolean }[] = [];
    const addPearl = (x: number, y: number) => {
      const isSlice = y === height && Math.abs(x - tipX) < half - 0.2 * pitch;
      const size = short * (0.043 + 0.006 * random());
      rim.push({ x, y, size, kind: Math.floor(3 * random()), angle: 0.7 * (random() - 0.5), isSlice });
    };
    const columns = Math.round(width / pitch);
    const rows = Math.round(height / pitch);
    for (let index = 0; index <= columns; index++) addPearl((index / columns) * width, 0);
    for (let index = 1; index < rows; index++) {
      addPearl(0, (index / rows) * height);
      addPearl(width, (index / rows) * height);
    }
    for (let index = 0; index <= columns; index++) addPearl((index / columns) * width, height);
    rim.sort((a, b) => a.y - b.y);

    /** How the cake stands at a time: everything that the frames of a moment share. */
    function stand(t: number) {
      const tipped = smootherstep(TIP[0], TIP[1], t);
      const pan = smootherstep(SLIDE - 0.25, SLIDE + 0.9, t);
      const slope = (TILT + (2 * smoothstep(1, 6, t) - 7 * pan) * (Math.PI / 180)) * tipped;
      const grow = mix(1, isTall ? 0.84 : 0.8, tipped) * (1 - 0.05 * pan);
      const raise = mix(0, (isTall ? -0.12 : -0.06) * height, tipped) - (isTall ? 0.1 : 0.2) * height * pan;
      const [cosine, sine] = [Math.cos(slope), Math.sin(slope)];
      /** From the cake's own space (x and y on its icing, z out of it) to the canvas's. */
      const put = ([x, y, z]: Point): Point => {
        const [across, down, up] = [(x - width / 2) * grow, (y - height / 2) * grow, z * grow];
        return [
          width / 2 + across,
          height / 2 + raise + down * cosine - up * sine,
          down * sine + up * cosine,
        ];
      };
      const slid = smootherstep(SLIDE, SLID, t);
      const turned = smootherstep(SLIDE + 0.4, TURNED, t);
      const heart: Flat = [tipX, (tipY + 2 * height) / 3];
      const out = slid * ((height - tipY) * 0.36 + 0.2 * short);
      const aside =
        turned * Math.max(-0.2 * width, Math.min(0.2 * width, width / 2 + 0.16 * (height - tipY) - heart[0]));
      const lift = Math.sin(Math.PI * clamp01((t - SLIDE) / 1.15)) * 0.05 * short;
      const [turnCosine, turnSine] = [Math.cos(TURN * turned), Math.sin(TURN * turned)];
      /** The same for the slice, which slides out and turns. */
      const putSlice = ([x, y, z]: Point): Point => {
        const [dx, dy] = [x - heart[0], y - heart[1]];
        return put([
          heart[0] + dx * turnCosine - dy * turnSine + aside,
          heart[1] + dx * turnSine + dy * turnCosine + out,
          z + lift,
        ]);
      };
      return { tipped, slid, put, putSlice, lift, grow };
    }
    type Stand = ReturnType<typeof stand>;
    type Put = (point: Point) => Point;

    const draw = (texture: Texture, vertices: readonly Vertex[], opacity = 1) =>
      canvas.triangles(texture, vertices, { opacity });

    return {
      draw(t) {
        const at = stand(t);
        const isOpen = at.slid > 0.001;
        drawGround(at);
        if (isOpen) drawNotch(at.put);
        if (at.tipped > 0.02) {
          if (isOpen) {
            drawCoat(at.put, 0, left[0], 0.96);
            drawCoat(at.put, right[0], width, 0.94);
          } else drawCoat(at.put, 0, width, 0.96);
        }
        drawTop(at.put, at.tipped, isOpen);
        if (!isOpen) drawSeams(at.put, t);
        drawPearls(at, at.put, (pearl) => !(isOpen && pearl.isSlice));
        if (isOpen) {
          shadeUnderSlice(at);
          drawSlice(at);
        }
        drawKnife(at, FIRST, left, t);
        drawKnife(at, SECOND, right, t);
      },
      speed(t) {
        const cutting = [FIRST, SECOND].some(({ down, board: stop }) => t > down && t < stop + 0.02);
        return cutting ? 0.5 : 0;
      },
    };

    /** The table, the cake's shadow on it, and the board. */
    function drawGround({ put, tipped }: Stand): void {
      if (tipped < 0.002) return;
      canvas.show(table);
      const beyond = 0.05 * short;
      const corner = (x: number, y: number): Point => put([x, y, -thick]);
      const corners = [
        corner(-beyond, -beyond),
        corner(width + beyond, -beyond),
        corner(width + beyond, height + beyond),
        corner(-beyond, height + beyond),
      ];
      canvas.clearLight();
      const shadow = corners.map((point): Flat => {
        const [x, y] = project(canvas, point, distance);
        return [x - 0.02 * short, y + 0.045 * short];
      });
      castShadow(canvas.light, shadow, 0.13 * short, 0.6 * tipped);
      canvas.applyLight();
      // Its rim alone: the cake stands on the rest.
      const [wide, deep] = [width + 2 * beyond, height + 2 * beyond];
      for (const [left, top, right, bottom] of [
        [0, 0, wide, beyond],
        [0, beyond, beyond, deep],
        [wide - beyond, beyond, wide, deep],
        [beyond, deep - 2 * beyond, wide - beyond, deep],
      ] as const) {
        const strip = surface(canvas, 6, 6, distance, (s, v): Sample => {
          const [x, y] = [mix(left, right, s), mix(top, bottom, v)];
          const point = put([x - beyond, y - beyond, -thick]);
          return { point, u: (x / wide) * board.width, v: (y / deep) * board.height };
        });
        draw(board, strip);
      }
    }

    /** A wall that goes down from the icing between two points of it. */
    function wall(
      put: Put,
      texture: Texture,
      from: Flat,
      to: Flat,
      span: readonly [number, number],
      shade: (s: number, v: number) => number,
    ): void {
      const face = surface(
        canvas,
        12,
        2,
        distance,
        (s, v): Sample => ({
          point: put([mix(from[0], to[0], s), mix(from[1], to[1], s), -v * thick]),
          u: mix(span[0], span[1], s) * texture.width,
          v: v * (texture.height - 1),
          shade: shade(s, v),
        }),
      );
      draw(texture, face);
    }

    function drawCoat(put: Put, from: number, to: number, light: number): void {
      wall(put, coat, [from, height], [to, height], [from / width, to / width], () => light);
    }

    /** The hole that the slice leaves: its floor in shade, and two cut faces. */
    function drawNotch(put: Put): void {
      const floor = surface(canvas, 8, 8, distance, (s, v) => ({
        point: put([mix(tip[0], mix(left[0], right[0], s), v), mix(tip[1], height, v), -thick]),
        u: 48,
        v: 48,
        shade: 0.5 + 0.4 * v,
      }));
      draw(board, floor);
      const reach = Math.min(0.95, long / (2.2 * short));
      wall(put, inside, tip, left, [0, reach], (s, v) => 0.6 + 0.32 * s - 0.16 * v);
      wall(put, inside, tip, right, [0.05, 0.05 + reach], (s, v) => 0.74 + 0.26 * s - 0.12 * v);
    }

    /** Signed distance on the icing from the line through the slice's tip and a corner; above 0 outside of the slice. */
    function outsideOf(corner: Flat, x: number, y: number): number {
      const side = corner[0] < tip[0] ? 1 : -1;
      const [dx, dy] = [corner[0] - tip[0], corner[1] - tip[1]];
      return (side * ((y - tip[1]) * dx - (x - tip[0]) * dy)) / Math.hypot(dx, dy);
    }

    /** The icing: all of it, or what is left beside the notch. Each side ends smoothly at its own cut. */
    function drawTop(put: Put, tipped: number, isOpen: boolean): void {
      const piece = (from: number, to: number, corner: Flat | undefined) =>
        surface(canvas, 14, 20, distance, (s, v): Sample => {
          const [x, y] = [mix(from, to, s), v * height];
          const edge = Math.min(x, y, width - x, height - y) / (0.035 * short);
          const sheen = Math.exp(-(((x / width - 0.32) / 0.5) ** 2) - ((v - 0.3) / 0.22) ** 2) - 0.2;
          return {
            point: put([x, y, 0]),
            u: x * canvas.scale,
            v: y * canvas.scale,
            shade: 1 - 0.16 * tipped * clamp01(1 - edge),
            light: 16 * tipped * Math.max(0, sheen),
            cover: corner ? outsideOf(corner, x, y) + 0.5 : 1,
          };
        });
      if (!isOpen) draw(picture, piece(0, width, undefined));
      else {
        draw(picture, piece(0, tip[0], left));
        draw(picture, piece(tip[0], width, right));
      }
    }

    /** Where the knife has been. */
    function drawSeams(put: Put, t: number): void {
      for (const [cut, corner] of [
        [FIRST, left],
        [SECOND, right],
      ] as const) {
        if (t < cut.board - 0.08) continue;
        const shown = smoothstep(cut.board - 0.08, cut.board + 0.02, t);
        const seam = surface(
          canvas,
          8,
          2,
          distance,
          (s, v): Sample => ({
            point: put([mix(tip[0], corner[0], s) + (v - 0.5) * 0.009 * short, mix(tip[1], corner[1], s), 0]),
            u: 2,
            v: 2,
            cover: 1 - Math.abs(2 * v - 1),
          }),
        );
        draw(crumbs, seam, 0.8 * shown);
      }
    }

    function drawPearls(
      { tipped, grow }: Stand,
      put: Put,
      isWanted: (pearl: (typeof rim)[number]) => boolean,
    ): void {
      const grown = smoothstep(0.05, 0.55, tipped);
      if (grown <= 0) return;
      for (const pearl of rim) {
        if (!isWanted(pearl)) continue;
        const point = put([pearl.x, pearl.y, 0.012 * short]);
        const [x, y] = project(canvas, point, distance);
        const nearer = distance / (distance - point[2]);
        const sprite: Vertex[] = [];
        const size = pearl.size * grow * nearer * grown;
        const texture = rosettes[pearl.kind]!;
        addSprite(sprite, texture, { x, y, halfLength: size, halfBreadth: 0.94 * size, angle: pearl.angle });
        draw(texture, sprite);
      }
    }

    function shadeUnderSlice({ putSlice, slid, lift }: Stand): void {
      const outline = [tip, left, right].map(([x, y]): Flat => {
        const [seenX, seenY] = project(canvas, putSlice([x, y, -thick - lift]), distance);
        return [seenX - 0.018 * short, seenY + 0.022 * short];
      });
      canvas.clearLight();
      castShadow(
        canvas.light,
        outline,
        (0.06 + 0.5 * (lift / short)) * short,
        0.55 * smoothstep(0, 0.3, slid),
      );
      canvas.applyLight();
    }

    /** The slice: those of its walls that look at us, from back to front, then its icing and its pearls. */
    function drawSlice(at: Stand): void {
      const { putSlice } = at;
      const reach = Math.min(0.95, long / (2.2 * short));
      const middle = putSlice([tipX, (tipY + 2 * height) / 3, -thick / 2]);
      const walls = [
        { from: tip, to: left, texture: inside, span: [0.02, 0.02 + reach] as const },
        { from: left, to: right, texture: coat, span: [left[0] / width, right[0] / width] as const },
        { from: right, to: tip, texture: inside, span: [reach, 0] as const },
      ].map((each) => {
        const a = putSlice([each.from[0], each.from[1], 0]);
        const b = putSlice([each.to[0], each.to[1], 0]);
        const c = putSlice([each.from[0], each.from[1], -thick]);
        const e = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
        const f = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
        const cross = [
          e[1] * f[2] - e[2] * f[1],
          e[2] * f[0] - e[0] * f[2],
          e[0] * f[1] - e[1] * f[0],
        ] as const;
        const length = Math.hypot(...cross) || 1;
        const outward =
          (a[0] - middle[0]) * cross[0] + (a[1] - middle[1]) * cross[1] + (a[2] - middle[2]) * cross[2] > 0
            ? 1
            : -1;
        const normal = cross.map((value) => (value * outward) / length) as [number, number, number];
        return { ...each, normal, depth: (a[2] + b[2]) / 2 };
      });
      walls
        .filter(({ normal }) => normal[2] > 0)
        .sort((a, b) => a.depth - b.depth)
        .forEach(({ from, to, texture, span, normal }) => {
          const light = 0.84 + 0.26 * normal[2] - 0.14 * normal[0];
          wall(putSlice, texture, from, to, span, (_, v) => light - 0.14 * v * v);
        });
      const top = surface(canvas, 10, 12, distance, (s, v): Sample => {
        const [x, y] = [mix(tip[0], mix(left[0], right[0], s), v), mix(tip[1], height, v)];
        return { point: putSlice([x, y, 0]), u: x * canvas.scale, v: y * canvas.scale, shade: 0.98 };
      });
      draw(picture, top);
      drawPearls(at, putSlice, ({ isSlice }) => isSlice);
    }

    /** A blade in the plane of the cut: what has gone into the cake is not seen. */
    function drawKnife({ put }: Stand, cut: typeof FIRST, corner: Flat, t: number): void {
      if (t < cut.down || t > cut.gone) return;
      const fall = smoothstep(cut.down, cut.board, t) ** 1.3;
      const away = smoothstep(cut.out, cut.gone, t);
      const low = mix(1.15 * short, -0.97 * thick, fall) + 1.5 * short * away;
      const along: Flat = [(corner[0] - tip[0]) / long, (corner[1] - tip[1]) / long];
      const saw = 0.02 * short * Math.sin(40 * (t - cut.down)) * fall * (1 - away);
      const tall = 0.22 * short;
      const whole = (1.2 * long) / 0.68;
      const start = -0.04 * short + saw;
      const part = (from: number, to: number, bottom: number) => {
        if (bottom >= tall) return;
        const strip = surface(canvas, 10, 2, distance, (s, v): Sample => {
          const way = mix(from, to, s);
          const up = mix(tall, bottom, v);
          return {
            point: put([tip[0] + along[0] * (start + way), tip[1] + along[1] * (start + way), low + up]),
            u: (way / whole) * knife.width,
            v: (1 - up / tall) * knife.height,
          };
        });
        draw(knife, strip);
      };
      const within = Math.min(whole, long - start);
      part(0, within, Math.max(0, -low));
      part(within, whole, 0);
    }
  },
};
