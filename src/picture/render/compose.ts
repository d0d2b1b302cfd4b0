import { deriveSeed } from '../../random.ts';
import type { Shot } from '../direct/shot.ts';
import type { EffectFilm } from '../effects/painter.ts';
import { addLooks, colourTable, mixLooks, plain } from '../grades/grade.ts';
import { grades } from '../grades/index.ts';
import type { MovingRegion } from '../motions/region.ts';
import { overlays } from '../overlays/index.ts';
import type { Moment } from '../overlays/overlay.ts';
import { type Plane, planeAt } from '../pixels/plane.ts';
import { smoothstep } from '../pixels/smoothstep.ts';
import { cameraPath } from './camera.ts';
import { fillHole } from './fill-hole.ts';
import { type Fit, fittedPath } from './fit.ts';
import { fillFlow, markBlocks, presence } from './flow-nodes.ts';
import type { Kernel } from './kernel.ts';
import { frameView, pictureView } from './layout.ts';
import { fillMesh, type Mesh } from './mesh.ts';
import type { NearLayer } from './near-layer.ts';
import { regionPlanes } from './region-detail.ts';
import type { Relief } from './relief.ts';
import type { Size } from './size.ts';
import { sway } from './sway-nodes.ts';
import { followFlow, revealed, type Transition, transitionPoses } from './transition.ts';

/** Everything that a clip's frames are drawn from, besides the pictures themselves. Plain data. */
export interface Film {
  shot: Shot;
  /** Where the camera goes in or comes back, as a fraction of the picture's width from its middle. */
  aim: number;
  fit: Fit;
  frameCount: number;
  framesPerSecond: number;
  /** Of the whole picture, or of what lies behind the near layer. */
  relief: Relief;
  near: NearLayer | null;
  /** How it gets to the picture that it ends on; null when there is none. There is then no near layer. */
  transition: Transition | null;
  regions: MovingRegion[];
  /** Where the sun or the brightest lamp stands in the source, in fractions; null when there is none. */
  sun: { x: number; y: number } | null;
  /** What happens to the subject instead of all this. */
  effect?: EffectFilm;
}

/** How long motion takes to set in, in seconds: the first frame is the picture itself. */
const ONSET = 0.6;
/** The same for what the picture does not have: clouds that are painted gather slowly. */
const PAINT_ONSET = 2.5;

/**
 * Prepares a film on a kernel whose picture has been uploaded, and answers what draws frame `index` into a place of the
 * ring. From back to front: the picture through the camera, what flows in it, the near
 * layer or the last picture, overlays; then its colours are graded.
 */
export function createComposer(kernel: Kernel, film: Film): (index: number, place: number) => void {
  const { layout } = kernel;
  const { source, frame } = layout;
  const { near, relief, transition } = film;
  const picture = pictureView(kernel.memory, layout, 0);
  const flows = film.regions.filter((region) => region.type === 'flow');
  const sways = film.regions.filter((region) => region.type === 'sway');
  const flowPresence = flows.map((flow, index) => {
    const { detail, matte } = regionPlanes(picture, flow, layout.regions[index]!.rectangle);
    kernel.loadRegion(index, detail, matte);
    return presence(flow.matte);
  });
  if (near) {
    kernel.load('over', 0);
    kernel.loadMatte(matteBytes(near.matte, source.width >> 1, source.height >> 1));
    fillHole(picture, near.hole, film.shot.seed);
  }
  if (transition) {
    kernel.load('over', 1);
    const late = { ...transition.order, values: transition.order.values.map((value) => 1 - value) };
    kernel.loadMatte(matteBytes(late, source.width >> 1, source.height >> 1));
  }
  kernel.load('picture', 0);
  const nearPresence = near && presence(near.matte);
  const { seed, overlays: wishes, grades: grading } = film.shot;
  const painters = overlays.flatMap(({ kind, create }) => {
    const wish = wishes.find((asked) => asked.kind === kind);
    const stage = { aspectRatio: frame.width / frame.height, seed: deriveSeed(seed, kind) };
    return wish ? [create(wish, stage)] : [];
  });
  const looks = grading.map((wish) =>
    grades.find(({ kind }) => kind === wish.kind)!.create(wish, deriveSeed(seed, wish.kind)),
  );
  const path = fittedPath(cameraPath(film.shot, film.aim), film.fit);

  return (index, place) => {
    const seconds = index / film.framesPerSecond;
    const progress = index / Math.max(1, film.frameCount - 1);
    const poses = transition && transitionPoses(transition, progress);
    const pose = poses?.first ?? path(progress);
    const left = (film.frameCount - 1 - index) / film.framesPerSecond;
    // A clip that ends on a picture ends on it as it is.
    const share = smoothstep(0, ONSET, seconds) * (transition ? smoothstep(0, ONSET, left) : 1);
    const look = (mesh: Mesh, seen: Relief) => {
      fillMesh(mesh, frame, source, pose, seen);
      for (const region of sways) sway(mesh, source, region, seconds, share);
    };
    look(kernel.mesh, relief);
    if (transition?.flow) followFlow(kernel.mesh, source, transition.flow, -progress);
    kernel.draw(place);
    flows.forEach((flow, region) => {
      if (seconds === 0 || !markBlocks(kernel.active, kernel.mesh, source, flowPresence[region]!)) return;
      const amount = flow.paint ? smoothstep(0, PAINT_ONSET, seconds) : share;
      fillFlow(kernel.flow, kernel.mesh, source, flow, seconds, amount);
      kernel.drawFlow(place, region, flow.paint ? 0 : Math.round(256 * share));
    });
    if (near) {
      look(kernel.overMesh, near.relief);
      if (markBlocks(kernel.active, kernel.overMesh, source, nearPresence!)) kernel.drawOver(place, 0, 257);
    }
    if (transition) {
      fillMesh(kernel.overMesh, frame, source, poses!.last, transition.relief);
      if (transition.flow) followFlow(kernel.overMesh, source, transition.flow, 1 - progress);
      const { threshold, slope } = revealed(transition, progress);
      kernel.active.fill(1);
      kernel.drawOver(place, threshold, slope);
    }
    if (painters.length > 0) {
      const moment: Moment = {
        seconds,
        share,
        pose,
        frame: frameView(kernel.memory, layout, place),
        kernel,
        place,
        nearnessAt: (x, y) => nearnessAt(film, kernel, x, y),
        sun: film.sun && seenAt(kernel.mesh, source, film.sun),
      };
      for (const paint of painters) paint(moment);
    }
    if (looks.length > 0) {
      const graded = looks.map((look) => look({ progress, seconds })).reduce(addLooks);
      kernel.grade(place, colourTable(transition ? mixLooks(plain, graded, share) : graded));
    }
  };
}

function matteBytes(matte: Plane, width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(width * height);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      bytes[pixel] = Math.round(255 * planeAt(matte, (x + 0.5) / width, (y + 0.5) / height));
    }
  }
  return bytes;
}

/** How near the picture is at a point of the frame, given in fractions. */
function nearnessAt(
  { near, relief }: Film,
  { mesh, overMesh, layout }: Kernel,
  x: number,
  y: number,
): number {
  const { source, frame } = layout;
  const column = Math.round((x * frame.width) / mesh.block);
  const row = Math.round((y * frame.height) / mesh.block);
  if (column < 0 || row < 0 || column >= mesh.columns || row >= mesh.rows) return 0;
  const node = 2 * (row * mesh.columns + column);
  const at = (plane: Plane, { nodes }: Mesh) =>
    planeAt(plane, nodes[node]! / 65536 / source.width, nodes[node + 1]! / 65536 / source.height);
  const behind = at(relief, mesh);
  if (!near || at(near.matte, overMesh) < 0.5) return behind;
  return Math.max(behind, at(near.relief, overMesh));
}

/** Where in the frame (in fractions) a point of the source is seen: at the node of the mesh that looks nearest to it. */
function seenAt(
  { columns, rows, nodes }: Mesh,
  source: Size,
  { x, y }: { x: number; y: number },
): { x: number; y: number } {
  const u = x * source.width * 65536;
  const v = y * source.height * 65536;
  let least = Number.POSITIVE_INFINITY;
  let best = 0;
  for (let node = 0; node < columns * rows; node++) {
    const distance = Math.abs(nodes[2 * node]! - u) + Math.abs(nodes[2 * node + 1]! - v);
    if (distance >= least) continue;
    least = distance;
    best = node;
  }
  return { x: (best % columns) / (columns - 1), y: Math.floor(best / columns) / (rows - 1) };
}
