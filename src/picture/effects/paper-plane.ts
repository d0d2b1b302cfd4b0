import { smoothstep } from '../pixels/smoothstep.ts';
import type { Effect, EffectStage } from './effect.ts';
import type { Vertex } from './kernel/canvas.ts';
import { accelerate, decelerate, mix, smootherstep } from './kit/easing.ts';
import { type Point, project, surface, toVertex } from './kit/geometry.ts';
import { blurPicture, paintTexture, spread } from './kit/paint.ts';
import { castShadow } from './kit/shadow.ts';

/** Moments of the action in seconds: the sheet lifts, its corners, its halves and its wings fold, it flies and returns. */
const LIFT = [0.3, 0.85] as const;
const CORNERS = [
  [0.75, 1.25],
  [1.0, 1.5],
] as const;
const HALVES = [1.5, 2.05] as const;
const WINGS = [2.0, 2.5] as const;
const THROW = 2.75;
const GONE = 3.3;
const LANDED = 4.6;
/** Depth of the fuselage as a part of half the sheet's breadth, and how far it closes. */
const KEEL = 0.3;
const CLOSED = (80 * Math.PI) / 180;
const DIHEDRAL = (10 * Math.PI) / 180;
const HALF_TURN = Math.PI;
/** Breadth of the edges from which the print is worn off, in short sides of the middle of a large face. */
const WORN = 0.009;

/** A point of the sheet: along its axis from the tail, and across from its middle. */
type OnSheet = readonly [along: number, across: number];

/** How the plane is held: where its middle is, how large it is, and how it is turned. */
interface Pose {
  middle: Point;
  size: number;
  yaw: number;
  pitch: number;
  roll: number;
}

/** The picture lifts off as a sheet, folds itself into a paper plane, flies out and comes back to the subject. */
export const paperPlane: Effect = {
  code: 'paper_plane_29487610',
  name: 'Paper Plane',
  summary: 'The picture lifts off, folds into a paper plane, flies a round and lands at the subject.',
  events: [
    { time: CORNERS[0][1] - 0.1, name: 'fold', strength: 0.8 },
    { time: CORNERS[1][1] - 0.05, name: 'fold', strength: 0.8 },
    { time: HALVES[1] - 0.12, name: 'fold', strength: 1 },
    { time: WINGS[1] - 0.05, name: 'fold', strength: 0.9 },
    { time: THROW + 0.3, name: 'fly', strength: 1 },
    { time: 3.95, name: 'return', strength: 0.6 },
  ],
  sounds: [
    { generator: 'paper', variant: 'page', gainDecibels: 0, at: ['fold'] },
    { generator: 'whoosh', variant: 'air', pace: 0.6, gainDecibels: 0, at: ['fly', 'return'] },
  ],

  setup({ canvas, place, strength }: EffectStage) {
    const { width, height, short, picture } = canvas;
    const isTall = height > width;
    const long = isTall ? height : width;
    const half = (isTall ? width : height) / 2;
    const keel = KEEL * half;
    const distance = 2.6 * long;
    const far = blurPicture(canvas, 0.07, (red, green, blue) => [
      mix(red, 214, 0.42),
      mix(green, 212, 0.42),
      mix(blue, 208, 0.42),
      1,
    ]);
    const behind = spread(canvas, far);
    const paper = paintTexture(canvas, 8, 8, () => [238, 236, 231, 1]);
    // Above the subject, which is to be seen.
    const target: Flat = [place.x * width, place.y * height - 0.55 * place.halfHeight * short];
    const landing = mix(0.34, 0.5, strength);

    return {
      draw(t) {
        drawGround(t);
        const pose = poseAt(t);
        if (pose.size > 0) drawPlane(pose, t);
      },
      speed: (t) => (t > THROW + 0.15 && t < GONE + 0.6 ? 0.6 : 0),
    };

    /** What the sheet leaves: the picture far out of focus, which comes into focus when the plane is in the air. */
    function drawGround(t: number): void {
      const focus = smoothstep(THROW + 0.1, LANDED - 0.5, t);
      if (focus === 0) {
        canvas.show(behind);
        return;
      }
      const veil = surface(canvas, 1, 1, distance, (s, v) => ({
        point: [s * width, v * height, 0],
        u: s * behind.width,
        v: v * behind.height,
      }));
      if (focus < 1) canvas.triangles(behind, veil, { opacity: 1 - focus });
    }

    function poseAt(t: number): Pose {
      const start = isTall ? -HALF_TURN / 2 : 0;
      const lifted = smootherstep(LIFT[0], LIFT[1], t);
      const pull = smoothstep(THROW - 0.3, THROW, t);
      const centre: Point = [width / 2, height / 2, 0];
      if (t < THROW) {
        const sway = 0.035 * Math.sin(2.3 * t) * lifted;
        return {
          middle: [
            centre[0] - 0.06 * long * pull * Math.cos(start),
            centre[1] - 0.06 * long * pull * Math.sin(start),
            0.05 * short * lifted,
          ],
          size: mix(1, 0.72, lifted) * (1 - 0.05 * pull),
          yaw: start + sway,
          pitch: 0.42 * lifted + 0.1 * pull,
          roll: -0.3 * lifted + 0.2 * Math.sin(1.7 * t) * lifted,
        };
      }
      if (t < GONE) {
        const far = accelerate(THROW, GONE, t);
        const yaw = start - 0.5 * far;
        return {
          middle: [
            centre[0] + (far * 1.35 - 0.06) * long * Math.cos(yaw),
            centre[1] + (far * 1.35 - 0.06) * long * Math.sin(yaw) - 0.1 * short * far,
            0.05 * short + 0.5 * short * far,
          ],
          size: 0.684,
          yaw,
          pitch: 0.52 - 0.3 * far,
          roll: -0.1 - 0.5 * far,
        };
      }
      // It comes back from the other side in a wide bow, far away, and glides down to the subject.
      const glide = decelerate(GONE + 0.15, LANDED, t);
      const hover = smoothstep(LANDED - 0.5, LANDED + 0.4, t);
      const way = (share: number): Flat => {
        const from: Flat = [-0.5 * width, -0.1 * height];
        const by: Flat = [target[0] - 0.45 * width, target[1] - 0.12 * short];
        return [0, 1].map((axis) => {
          const first = mix(from[axis]!, by[axis]!, share);
          const second = mix(by[axis]!, target[axis]!, share);
          return mix(first, second, share);
        }) as unknown as Flat;
      };
      const [x, y] = way(glide);
      const [nextX, nextY] = way(Math.min(1.02, glide + 0.02));
      const heading = Math.atan2(nextY - y, nextX - x);
      return {
        middle: [x, y + 0.008 * short * Math.sin(2.2 * t) * hover, mix(-0.2, 0.12, glide) * short],
        size: t < GONE + 0.15 ? 0 : mix(0.2, landing, glide),
        yaw: heading - 0.35 * hover,
        pitch: 0.62,
        roll: mix(0.7, 0.12, glide) + 0.05 * Math.sin(1.9 * t) * hover,
      };
    }

    /** The parts of one half of the sheet (side 1 or −1), each a flat outline, and the side of the paper that it shows. */
    function drawPlane(pose: Pose, t: number): void {
      const open = smootherstep(HALVES[0], HALVES[1], t) * CLOSED;
      const wing = smootherstep(WINGS[0], WINGS[1], t) * (CLOSED - DIHEDRAL);
      const place3 = placer(pose);
      /** Folds a point of a half, `above` the paper by a hair. */
      const fold = ([along, across]: OnSheet, side: number, above: number): Point => {
        const inner = Math.min(across, keel);
        const outer = across - inner;
        const [c, s] = [Math.cos(open), Math.sin(open)];
        const [d, e] = [Math.cos(open - wing), Math.sin(open - wing)];
        const onWing = across > keel + 1e-6;
        const up = inner * s + outer * e + above * (onWing ? d : c);
        return place3([along - long / 2, side * (inner * c + outer * d - above * (onWing ? e : s)), up]);
      };
      /** Layers of paper on each other, the printed side of the first one up. */
      const piles: Face[][] = [];
      const hair = 0.004 * short;
      for (const side of [-1, 1]) {
        const [from, to] = CORNERS[side < 0 ? 0 : 1];
        const corner = HALF_TURN * smootherstep(from, to, t);
        const layer = (on: OnSheet[], above = 0): Face => ({
          points: on.map((point) => fold(point, side, above)),
          on,
          side,
        });
        const middle = [
          layer([
            [0, 0],
            [long, 0],
            [long - keel, keel],
            [0, keel],
          ]),
        ];
        const outer = [
          layer([
            [0, keel],
            [long - keel, keel],
            [long - half, half],
            [0, half],
          ]),
        ];
        piles.push(middle, outer);
        if (corner >= HALF_TURN) {
          middle.push(
            layer(
              [
                [long - half, 0],
                [long, 0],
                [long - keel, keel],
                [long - half, keel],
              ],
              hair,
            ),
          );
          outer.push(
            layer(
              [
                [long - half, keel],
                [long - keel, keel],
                [long - half, half],
              ],
              hair,
            ),
          );
        } else {
          // The corner turns about its crease, from beside the sheet to above it.
          const on: OnSheet[] = [
            [long, 0],
            [long, half],
            [long - half, half],
          ];
          const points = on.map(([along, across]): Point => {
            const beyond = (along + across - long) / Math.SQRT2;
            const foot = [along - beyond / Math.SQRT2, across - beyond / Math.SQRT2] as const;
            const reach = (beyond * Math.cos(corner)) / Math.SQRT2;
            const up = beyond * Math.sin(corner) + (corner > 0 ? hair : 0);
            return place3([foot[0] + reach - long / 2, side * (foot[1] + reach), up]);
          });
          piles.push([{ points, on, side }]);
        }
      }
      dropShadow(pose, t);
      // Folding wears the print off the edges: the plane stands off from the picture that it is made of.
      const rim = WORN * short * smootherstep(HALVES[0], WINGS[1], t);
      piles.sort((a, b) => depth(a[0]!.points) - depth(b[0]!.points));
      for (const pile of piles) {
        if (!showsPrint(pile[0]!)) pile.reverse();
        for (const face of pile) drawFace(face, rim);
      }
    }

    /** Outlines run the same way round on the sheet: where one runs the other way on the canvas, we see the paper's back. */
    function showsPrint({ points, on, side }: Face): boolean {
      return turnOf(points.map((point) => project(canvas, point, distance))) * turnOf(on) * side > 0;
    }

    function drawFace({ points, on, side }: Face, rim: number): void {
      const [a, b, c] = [points[0]!, points[1]!, points[2]!];
      const e = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
      const f = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
      const cross = [
        e[1] * f[2] - e[2] * f[1],
        e[2] * f[0] - e[0] * f[2],
        e[0] * f[1] - e[1] * f[0],
      ] as const;
      const length = Math.hypot(...cross) || 1;
      const isFront = showsPrint({ points, on, side });
      const up = Math.sign(cross[2]) || 1;
      const normal = cross.map((value) => (value * up) / length);
      const light = 0.66 + 0.36 * normal[2]! - 0.2 * normal[1]! - 0.14 * normal[0]!;
      const isFlat = normal[2]! > 0.9999;
      const shade = isFlat ? 1 : Math.max(0.45, Math.min(1.12, light + 0.02));
      const vertexAt = (point: Point, [along, across]: OnSheet, cover: number, isPrint: boolean): Vertex => {
        const x = isTall ? width / 2 + side * across : along;
        const y = isTall ? height - along : height / 2 + side * across;
        const u = isPrint ? x * canvas.scale : 4;
        const v = isPrint ? y * canvas.scale : 4;
        return toVertex(canvas, distance, { point, u, v, shade, cover });
      };
      const mean = (values: readonly number[]) =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      const heart: Point = [0, 1, 2].map((axis) =>
        mean(points.map((point) => point[axis]!)),
      ) as unknown as Point;
      const heartOn: OnSheet = [mean(on.map(([along]) => along)), mean(on.map(([, across]) => across))];
      const inner = 0.12 * short;
      const fan = (isPrint: boolean, worn: number): Vertex[] =>
        points.flatMap((point, index) => {
          const next = (index + 1) % points.length;
          return [
            vertexAt(heart, heartOn, inner - worn, isPrint),
            vertexAt(point, on[index]!, 0.8 - worn, isPrint),
            vertexAt(points[next]!, on[next]!, 0.8 - worn, isPrint),
          ];
        });
      if (!isFront || rim > 0) canvas.triangles(paper, fan(false, 0));
      if (isFront) canvas.triangles(picture, fan(true, rim));
    }

    /** A soft shadow that falls farther the higher the sheet is. */
    function dropShadow(pose: Pose, t: number): void {
      const lifted = smoothstep(LIFT[0], LIFT[1], t);
      const place3 = placer(pose);
      const open = smootherstep(HALVES[0], HALVES[1], t);
      const wing = smootherstep(WINGS[0], WINGS[1], t);
      const reach = half * mix(mix(1, 0.35, open), 0.86, wing);
      const nose = mix(half, 0.02 * half, smootherstep(...CORNERS[1], t));
      const outline = (
        [
          [long / 2, -nose],
          [long / 2, nose],
          [long / 2 - half, reach],
          [-long / 2, reach],
          [-long / 2, -reach],
          [long / 2 - half, -reach],
        ] as const
      ).map(([along, across]): Flat => {
        const [x, y] = project(canvas, place3([along, across, 0]), distance);
        const fall = 0.1 * short * pose.size * lifted + 0.3 * Math.max(0, pose.middle[2]);
        return [x - 0.4 * fall, y + fall];
      });
      canvas.clearLight();
      castShadow(canvas.light, outline, 0.1 * short * pose.size + 0.02 * short, 0.52 * lifted);
      canvas.applyLight();
    }
  },
};

type Flat = readonly [x: number, y: number];

/** A flat part of the sheet: its corners in space and on the sheet, and the half that it belongs to (1 or −1). */
interface Face {
  points: Point[];
  on: OnSheet[];
  side: number;
}

/** Twice an outline's area, positive or negative by the way that it runs round. */
function turnOf(outline: readonly Flat[]): number {
  return outline.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
}

const depth = (points: Point[]) => points.reduce((sum, point) => sum + point[2], 0) / points.length;

/** From the plane's own space (nose along x, wings along y, up towards us) to the canvas's. */
function placer({ middle, size, yaw, pitch, roll }: Pose): (point: Point) => Point {
  const [cy, sy] = [Math.cos(yaw), Math.sin(yaw)];
  const [cp, sp] = [Math.cos(pitch), Math.sin(pitch)];
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  return ([x, y, z]) => {
    // Roll about the nose, yaw on the canvas, then the whole tips away from us.
    const [rolledY, rolledZ] = [y * cr - z * sr, y * sr + z * cr];
    const [turnedX, turnedY] = [x * cy - rolledY * sy, x * sy + rolledY * cy];
    return [
      middle[0] + size * turnedX,
      middle[1] + size * (turnedY * cp - rolledZ * sp),
      middle[2] + size * (turnedY * sp + rolledZ * cp),
    ];
  };
}
