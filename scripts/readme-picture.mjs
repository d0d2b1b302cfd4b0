// Makes docs/pictures/stream.jpg, the README's picture: four frames of a clip made from a sample.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { animate } from '../dist/index.js';
import { decodeVideo } from '../dist/media/decode-video.js';
import { convertToRgb } from '../dist/picture/render/planes.js';

const CELL = { width: 480, height: 320 };
const GAP = 6;
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'stillroar-picture-'));
const out = join(directory, 'clip.mp4');
await animate({
  image: path('../samples/stream.jpg'),
  out,
  prompt: 'push in along the stream, water',
  audio: 'none',
});
const frames = [];
for await (const frame of decodeVideo(readFileSync(out))) frames.push(frame);
rmSync(directory, { recursive: true });

const cells = await Promise.all(
  [0, 1, 2, 3].map(async (index) => {
    const frame = frames[Math.round((index / 3) * (frames.length - 1))];
    const raw = { width: frame.width, height: frame.height, channels: 3 };
    const input = await sharp(convertToRgb(frame), { raw }).resize(CELL.width, CELL.height).png().toBuffer();
    return { input, left: (index % 2) * (CELL.width + GAP), top: (index >> 1) * (CELL.height + GAP) };
  }),
);
const [width, height] = [2 * CELL.width + GAP, 2 * CELL.height + GAP];
await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
  .composite(cells)
  .jpeg({ quality: 84, mozjpeg: true })
  .toFile(path('../docs/pictures/stream.jpg'));
