// What the engine reads in a photograph, against what a person drew: masks and which of two points is nearer.
import { readFileSync } from 'node:fs';
import { readPicture } from '../../dist/engines/builtin/analyse.js';
import { openPicture } from '../../dist/media/decode-picture.js';
import { motions } from '../../dist/picture/motions/index.js';
import { planeAt } from '../../dist/picture/pixels/plane.js';
import { marks, nameOf, path } from './film.mjs';
import { fillOutlines } from './outlines.mjs';

const SIZE = { width: 240, height: 160 };
const count = SIZE.width * SIZE.height;

/** Shapes that know nothing of the picture. */
const trivial = {
  sky: (_, y) => y < 0.4,
  water: (_, y) => y > 0.6,
  foreground: (x, y) => Math.hypot((x - 0.5) / 0.3, (y - 0.5) / 0.35) < 1,
};

/** The operator's depth model, if there is one: its column stands beside the heuristics'. */
const depthModel = process.env.STILLROAR_DEPTH_MODEL;
const model = depthModel && {
  path: depthModel,
  warn({ message }) {
    throw new Error(message);
  },
};

async function readScene(picture, ...use) {
  const opened = await openPicture(readFileSync(path(picture)));
  const scale = 1280 / Math.max(opened.width, opened.height);
  const size = {
    width: 2 * Math.round((opened.width * scale) / 2),
    height: 2 * Math.round((opened.height * scale) / 2),
  };
  return readPicture(await opened.decode(size), size, ...use);
}

const rasterize = (valueAt) =>
  Uint8Array.from({ length: count }, (_, pixel) =>
    valueAt(((pixel % SIZE.width) + 0.5) / SIZE.width, (Math.floor(pixel / SIZE.width) + 0.5) / SIZE.height)
      ? 1
      : 0,
  );

/** What the engine finds of a kind. */
function find(kind, scene) {
  const { depth } = scene;
  const wish = { kind: 'water', strength: 0.5, why: 'bench' };
  const water =
    kind === 'water' ? motions.find((motion) => motion.kind === 'water').find(scene, wish, 1) : [];
  const planes = {
    sky: depth.sky ? [{ ...depth, values: depth.sky }] : [],
    foreground: depth.subject ? [{ ...depth, values: depth.subject }] : [],
    water: water.map(({ matte }) => matte),
  }[kind];
  const least = kind === 'water' ? 0.1 : 0.5;
  return rasterize((x, y) => planes.some((plane) => planeAt(plane, x, y) > least));
}

/** Intersection over union. */
function overlap(one, other) {
  let both = 0;
  let any = 0;
  for (let pixel = 0; pixel < count; pixel++) {
    both += one[pixel] & other[pixel];
    any += one[pixel] | other[pixel];
  }
  return any === 0 ? 0 : both / any;
}

export async function measureMasks() {
  const rows = [];
  for (const mark of marks) {
    const scene = await readScene(mark.picture);
    for (const [kind, outlines] of Object.entries(mark.masks)) {
      const truth = fillOutlines(outlines, SIZE.width, SIZE.height);
      rows.push({
        picture: nameOf(mark),
        mask: kind,
        ours: overlap(find(kind, scene), truth).toFixed(2),
        trivial: overlap(rasterize(trivial[kind]), truth).toFixed(2),
      });
    }
  }
  return rows;
}

export async function measureDepth() {
  const rows = [];
  for (const mark of marks) {
    const { disparity } = await readScene(mark.picture);
    const told = model && (await readScene(mark.picture, model)).disparity;
    let [ours, ramp, right, pairs] = [0, 0, 0, 0];
    for (const [x, y, rank] of mark.points) {
      for (const [otherX, otherY, otherRank] of mark.points) {
        if (rank <= otherRank) continue;
        pairs++;
        if (planeAt(disparity, x, y) > planeAt(disparity, otherX, otherY)) ours++;
        if (told && planeAt(told, x, y) > planeAt(told, otherX, otherY)) right++;
        if (y > otherY) ramp++;
      }
    }
    const share = (count) => `${((100 * count) / pairs).toFixed(1)} %`;
    rows.push({
      picture: nameOf(mark),
      pairs,
      'ours right': share(ours),
      ...(told && { 'with the model right': share(right) }),
      'ramp right': share(ramp),
    });
  }
  return rows;
}
