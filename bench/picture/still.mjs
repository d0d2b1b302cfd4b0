// What is not to move stays as it is: flicker of a film in which nothing moves, and around water that flows.
import { film, marks, nameOf } from './film.mjs';
import { fillOutlines } from './outlines.mjs';

/** Mean change from frame to frame in steps of 255, over the pixels that `counts` says. */
function flicker(frames, counts = () => true) {
  let sum = 0;
  let count = 0;
  for (let index = 1; index < frames.length; index++) {
    const [before, after] = [frames[index - 1].luma, frames[index].luma];
    for (let pixel = 0; pixel < after.length; pixel++) {
      if (!counts(pixel)) continue;
      sum += Math.abs(after[pixel] - before[pixel]);
      count++;
    }
  }
  return sum / count;
}

export async function measureFlicker() {
  const rows = [];
  for (const mark of marks) {
    const still = await film(mark.picture, 'static camera, nothing moves');
    const row = {
      picture: nameOf(mark),
      'nothing moves': flicker(still).toFixed(3),
      'beside water': '',
      'the water': '',
    };
    if (mark.masks.water) {
      const frames = await film(mark.picture, 'static camera, the water flows');
      const { width, height } = frames[0];
      // A margin around what was drawn, in which spray may move.
      const water = fillOutlines(mark.masks.water, width, height, 0.04);
      row['beside water'] = flicker(frames, (pixel) => water[pixel] === 0).toFixed(3);
      row['the water'] = flicker(frames, (pixel) => water[pixel] === 1).toFixed(3);
    }
    rows.push(row);
  }
  return rows;
}
