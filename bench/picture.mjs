// The picture engine, measured: prompts against films, photographs against what a person drew on them. Each table is
// written into docs/benchmarks.md as soon as it is measured.
import { measureCamera, measurePace } from './picture/camera.mjs';
import { measureDepth, measureMasks } from './picture/reading.mjs';
import { measureFlicker } from './picture/still.mjs';
import { tableLines, writePart } from './report.mjs';

const measurements = {
  'picture-masks': [
    'Masks of photographs',
    'What the engine takes for sky, water and foreground, against outlines drawn by hand: intersection over union, beside that of a band (sky, water) or of a blob in the middle.',
    measureMasks,
  ],
  'picture-depth': [
    'Which of two points is nearer',
    'Pairs of points that a person put in order, beside "the lower one is nearer".',
    measureDepth,
  ],
  'picture-camera': [
    'What the camera does',
    'By the motion of points near the edges of a 5 s film, in the classes of VBench; `yes` is what the prompt says.',
    measureCamera,
  ],
  'picture-pace': [
    'How fast the picture moves',
    'The fastest 5 % of points at 720p. VBench calls a film dynamic with 135 px/s in a quarter of its moments.',
    measurePace,
  ],
  'picture-flicker': [
    'Flicker of what is to stand still',
    'Mean change from frame to frame in steps of 255.',
    measureFlicker,
  ],
};

export async function benchPicture() {
  for (const [name, [title, text, measure]] of Object.entries(measurements)) {
    const rows = await measure();
    console.log(`\n${title}\n${text}`);
    console.table(rows);
    const command = '`npm run bench -- picture` writes this part anew.';
    writePart(name, [`## ${title}`, `${text} ${command}`, '', ...tableLines(rows)]);
  }
}
