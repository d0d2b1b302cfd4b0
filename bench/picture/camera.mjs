// Does the camera do what the prompt says, and does the picture move as much as it says?
import { film, marks, motions, nameOf } from './film.mjs';

/** VBench's classes of camera motion with a prompt for each. */
const classes = {
  'pan left': 'the camera pans left',
  'pan right': 'the camera pans right',
  'tilt up': 'the camera tilts up',
  'tilt down': 'the camera tilts down',
  'zoom in': 'zoom in',
  'zoom out': 'zoom out',
  static: 'static camera, nothing moves',
};

/** Share of the width that the edges have to travel before the camera counts as moved. */
const STILL = 0.01;
/** Points nearer than this to an edge, as a share, belong to it. */
const EDGE = 0.2;

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** As VBench does it: what the points near the four edges have done from the first frame to the last. */
function classify(grids) {
  const total = { left: [0, 0], right: [0, 0], top: [0, 0], bottom: [0, 0] };
  const edges = {
    left: ({ x }) => x < EDGE,
    right: ({ x }) => x > 1 - EDGE,
    top: ({ y }) => y < EDGE,
    bottom: ({ y }) => y > 1 - EDGE,
  };
  for (const grid of grids) {
    for (const [edge, isThere] of Object.entries(edges)) {
      const points = grid.filter(isThere);
      total[edge][0] += median(points.map(({ dx }) => dx));
      total[edge][1] += median(points.map(({ dy }) => dy));
    }
  }
  const { left, right, top, bottom } = total;
  const across = (left[0] + right[0]) / 2;
  const down = (top[1] + bottom[1]) / 2;
  const growth = (right[0] - left[0] + (bottom[1] - top[1])) / 4;
  const strongest = Math.max(Math.abs(across), Math.abs(down), Math.abs(growth));
  if (strongest < STILL) return 'static';
  if (strongest === Math.abs(across)) return across > 0 ? 'pan left' : 'pan right';
  if (strongest === Math.abs(down)) return down > 0 ? 'tilt up' : 'tilt down';
  return growth > 0 ? 'zoom in' : 'zoom out';
}

export async function measureCamera() {
  const rows = [];
  let right = 0;
  for (const mark of marks) {
    const row = { picture: nameOf(mark) };
    for (const [wanted, prompt] of Object.entries(classes)) {
      const seen = classify(motions(await film(mark.picture, prompt)));
      row[wanted] = seen === wanted ? 'yes' : seen;
      if (seen === wanted) right++;
    }
    rows.push(row);
  }
  const count = marks.length * Object.keys(classes).length;
  const blanks = Object.fromEntries(Object.keys(classes).map((name) => [name, '']));
  rows.push({ picture: `${right} of ${count}: ${((100 * right) / count).toFixed(1)} %`, ...blanks });
  return rows;
}

/** Pixels a second at 720p in the fastest 5 % of points, from which VBench calls a moment dynamic. */
const DYNAMIC = 135;

/** For each word of pace: the speed of the fastest points, and whether VBench's rule calls the film dynamic. */
export async function measurePace() {
  const prompts = {
    fast: 'fast dramatic push in',
    'fast pan': 'fast pan left',
    gentle: 'gentle push in',
    static: 'static camera, nothing moves',
  };
  const rows = [];
  for (const mark of marks) {
    const row = { picture: nameOf(mark) };
    for (const [word, prompt] of Object.entries(prompts)) {
      const frames = await film(mark.picture, prompt);
      const perSecond = (8 * 720 * frames[0].width) / Math.min(frames[0].width, frames[0].height);
      const speeds = motions(frames).map((grid) => {
        const all = grid.map(({ dx, dy }) => Math.hypot(dx, dy) * perSecond).sort((a, b) => b - a);
        const fastest = all.slice(0, Math.max(1, Math.ceil(all.length / 20)));
        return fastest.reduce((sum, value) => sum + value, 0) / fastest.length;
      });
      const moments = speeds.filter((speed) => speed > DYNAMIC).length;
      const isDynamic = moments >= Math.round(speeds.length / 4);
      row[word] = `${Math.round(median(speeds))} px/s${isDynamic ? ', dynamic' : ''}`;
    }
    rows.push(row);
  }
  return rows;
}
