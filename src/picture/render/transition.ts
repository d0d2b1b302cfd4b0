import { deriveSeed } from '../../random.ts';
import type { CameraMove, Shot } from '../direct/shot.ts';
import type { RgbImage } from '../image.ts';
import { blur } from '../pixels/box.ts';
import { smoothNoise } from '../pixels/noise.ts';
import { agreement, type OpticalFlow, opticalFlow } from '../pixels/optical-flow.ts';
import { fillPlane, type Plane, planeAt } from '../pixels/plane.ts';
import { resizeBilinear } from '../pixels/resize.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import type { Scene } from '../scene.ts';
import { type CameraPose, smootherstep } from './camera.ts';
import type { Mesh } from './mesh.ts';
import { limitSlope, type Relief } from './relief.ts';
import type { Size } from './size.ts';

/** How a clip gets from its first picture to its last. Plain data. */
export interface Transition {
  /** Relief of the last picture. */
  relief: Relief;
  /** When each part of the last picture appears, 0 first … 1 last: what is far comes before what is near. */
  order: Plane;
  /** The way from one to the other, where both directions agree on it; null when the pictures differ too much. */
  flow: OpticalFlow | null;
  /** −1: the camera moves to the left; 1: to the right; 0: it stands still. */
  side: -1 | 0 | 1;
}

/** Width of the pictures between which the flow is sought. */
const FLOW_WIDTH = 192;
/** Share of points that have to agree before one picture may turn into the other. */
const LEAST_AGREEMENT = 0.5;
/** How far disparity 1 moves against disparity 0. */
export const TRANSITION_SHIFT = 0.13;
/** The part of the clip in which one picture gives way to the other. */
const CHANGE: [from: number, to: number] = [0.34, 0.66];
/** Width of the soft edge between the pictures, in steps of the order (0–255). */
const EDGE = 44;

/** Looks for the best way from one picture to another of the same size. */
export function planTransition(first: Scene, last: Scene, shot: Shot): Transition {
  const from = small(first.image);
  const to = small(last.image);
  const there = opticalFlow(from, to);
  const agrees = agreement(there, opticalFlow(to, from), from, to) > LEAST_AGREEMENT;
  const { width, height, values } = last.disparity;
  const wobble = smoothNoise(width, height, 9, deriveSeed(shot.seed, 'transition'));
  const isStill = shot.moves.every(({ kind }) => kind === 'static');
  const goesLeft = shot.moves.some(({ direction }) => direction === 'left');
  return {
    relief: limitSlope(last.disparity, TRANSITION_SHIFT),
    order: {
      width,
      height,
      values: ranks(
        fillPlane(width, height, (x, y, pixel) => values[pixel]! + 0.5 * planeAt(wobble, x, y)).values,
      ),
    },
    flow: agrees ? there : null,
    side: isStill ? 0 : goesLeft ? -1 : 1,
  };
}

function small({ width, height, green }: RgbImage): Plane {
  const soft = blur(green, width, height, Math.max(1, Math.round(width / FLOW_WIDTH / 2)));
  const newHeight = Math.max(16, Math.round((FLOW_WIDTH * height) / width));
  return {
    width: FLOW_WIDTH,
    height: newHeight,
    values: resizeBilinear(soft, width, height, FLOW_WIDTH, newHeight),
  };
}

/** Each value's place among all, 0–1: equal parts of the picture then change in equal times. */
function ranks(values: Float32Array): Float32Array {
  const sorted = Float32Array.from(values).sort();
  return values.map((value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low / Math.max(1, sorted.length - 1);
  });
}

/** How much of the last picture has come, as the kernel takes it: opacity = (255 · (1 − order) − threshold) · slope / 256. */
export function revealed({ flow }: Transition, progress: number): { threshold: number; slope: number } {
  // A morph fades everywhere at once: both pictures show the same thing at the same place.
  if (flow) return { threshold: -4096, slope: Math.round(16 * smoothstep(0.15, 0.85, progress)) };
  const share = smoothstep(CHANGE[0], CHANGE[1], progress);
  return { threshold: Math.round(255 - share * (255 + EDGE)), slope: Math.ceil(65536 / EDGE) };
}

/**
 * The camera in both pictures at one moment: it moves into the first and to the side, and goes on to that side while it
 * moves out of the last. In a morph, and where it is to stand still, it rests.
 */
export function transitionPoses(
  { flow, side }: Transition,
  progress: number,
): { first: CameraPose; last: CameraPose } {
  const pose = (way: number): CameraPose => ({
    zoom: 1 + 0.24 * Math.abs(way),
    roll: 0,
    shiftX: 0.075 * way * side,
    shiftY: 0,
    truckX: 0,
    truckY: 0,
    dolly: 0.2 * Math.abs(way),
    pivot: 0,
  });
  const isStill = flow !== null || side === 0;
  const eased = smootherstep(progress);
  return { first: pose(isStill ? 0 : eased), last: pose(isStill ? 0 : eased - 1) };
}

/** What the camera does in a transition, as a shot says it. */
export function transitionMoves({ flow, side }: Transition): CameraMove[] {
  const move = (kind: CameraMove['kind'], more: Partial<CameraMove>): CameraMove => ({
    kind,
    strength: 0.35,
    span: [0, 1],
    easing: 'ease',
    why: 'last picture',
    ...more,
  });
  if (flow !== null) return [move('static', { strength: 0, why: 'last picture: it is like the first' })];
  if (side === 0) return [move('static', { strength: 0 })];
  return [
    move('zoom', { direction: 'in', span: [0, 0.5] }),
    move('pan', { direction: side < 0 ? 'left' : 'right' }),
    move('zoom', { direction: 'out', span: [0.5, 1] }),
  ];
}

/** Moves the nodes of a mesh along a flow: `share` of it, in the source's pixels. */
export function followFlow(mesh: Mesh, source: Size, flow: OpticalFlow, share: number): void {
  const { nodes } = mesh;
  const width = source.width * 65536;
  const height = source.height * 65536;
  for (let node = 0; node < nodes.length; node += 2) {
    const x = nodes[node]! / width;
    const y = nodes[node + 1]! / height;
    nodes[node]! += Math.round(planeAt(flow.x, x, y) * share * width);
    nodes[node + 1]! += Math.round(planeAt(flow.y, x, y) * share * height);
  }
}
