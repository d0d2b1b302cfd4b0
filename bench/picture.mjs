// The picture engine, measured: prompts against films, photographs against what a person drew on them.
import { measureCamera, measurePace } from './picture/camera.mjs';
import { measureDepth, measureMasks } from './picture/reading.mjs';
import { measureFlicker } from './picture/still.mjs';

const measurements = {
  'Masks against outlines drawn by hand (intersection over union), beside a band or a blob': measureMasks,
  'Which of two points is nearer, beside "the lower one"': measureDepth,
  'What the camera does, by the motion of points near the edges': measureCamera,
  'How fast the fastest 5 % of points move at 720p (VBench calls 135 px/s in a quarter of the moments dynamic)':
    measurePace,
  'Change from frame to frame where nothing is to move, in steps of 255': measureFlicker,
};

export async function benchPicture() {
  for (const [title, measure] of Object.entries(measurements)) {
    console.log(`\n${title}`);
    console.table(await measure());
  }
}
