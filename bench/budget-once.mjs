// Makes one clip part after part in a process of its own, so that each part is as cold as in a clip, and prints what CPU each
// took, in ms, as JSON.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const parts = {};
let before = { user: 0, system: 0 };
/** Books what has been used since the last call. */
const book = (part) => {
  const now = process.cpuUsage();
  parts[part] = (parts[part] ?? 0) + (now.user + now.system - before.user - before.system) / 1000;
  before = now;
};

const { image, prompt, resolution, sound } = JSON.parse(process.argv[2]);
await import('../dist/index.js');
book('start, modules');
const { openPicture } = await import('../dist/media/decode-picture.js');
const { sourceSize, videoSize } = await import('../dist/picture/render/size.js');
const { Mp4Writer } = await import('../dist/media/encode-mp4.js');
const { planSound, renderSound } = await import('../dist/sound/index.js');
const { filmOf, prepareDrawing } = await import('./draw-film.mjs');
// What is bundled has been loaded: the same modules one by one are not part of a clip.
before = process.cpuUsage();

const picture = await openPicture(readFileSync(image));
await picture.decode(sourceSize(picture, videoSize(picture, resolution).size));
book('decode, resize');
const input = filmOf(image, prompt, resolution);
const drawing = await prepareDrawing(input);
book('reading the picture');
// It decodes the picture, too; where nothing has to be known of it, the rest is nothing.
parts['reading the picture'] = Math.max(0, parts['reading the picture'] - parts['decode, resize']);
const draw = drawing.open();
book('drawing');
// All are drawn before the first is encoded: x264 goes on working on threads of its own.
const frames = [];
for (let index = 0; index < drawing.frameCount; index++) {
  const view = draw(index);
  book('drawing');
  const [luma, blueChroma, redChroma] = [view.luma, view.blueChroma, view.redChroma].map((plane) =>
    plane.slice(),
  );
  frames.push({ ...view, luma, blueChroma, redChroma });
  before = process.cpuUsage();
}
const request = { prompt, soundPrompt: '', musicPrompt: '', seconds: input.seconds, seed: 1, events: [] };
const samples = sound && renderSound(planSound(request));
if (sound) book('sound');
const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
const options = { ...drawing.frame, framesPerSecond: 24, quality: 'fast', sound };
const writer = await Mp4Writer.create(join(directory, 'clip.mp4'), options);
for (const frame of frames) await writer.writeFrame(frame);
if (samples) await writer.writeSound(samples);
await writer.finish();
book('H.264, AAC');
rmSync(directory, { recursive: true });
console.log(JSON.stringify(parts));
