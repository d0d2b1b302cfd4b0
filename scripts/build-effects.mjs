// Makes samples/effects: for each effect a logo and a short preview, drawn by the engine from the sample photographs.
// They are kept in the repository, because nobody should wait for them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { readPicture } from '../dist/engines/builtin/analyse.js';
import { builtinEffects } from '../dist/engines/builtin/effects.js';
import { Mp4Writer } from '../dist/media/encode-mp4.js';
import { createEffectPainter } from '../dist/picture/effects/painter.js';
import { findPlace } from '../dist/picture/effects/place.js';
import { convertToRgb, convertToYuv } from '../dist/picture/render/planes.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const FRAMES_PER_SECOND = 24;
const SECONDS = 5;
const LOGO_SIDE = 256;

/** What each effect is shown on, and the moment of its logo in seconds. */
const shown = {
  Squish: ['dandelions.jpg', 1.95],
  Cakeify: ['sunset.jpg', 4.4],
  Samurai: ['stream.jpg', 2.9],
  Crumble: ['dogs.jpg', 1.9],
  Burn: ['dogs.jpg', 2.5],
  Freeze: ['dandelions.jpg', 3.8],
  Melt: ['dogs.jpg', 3],
  'Paper Plane': ['sunset.jpg', 2.5],
  Portal: ['stream.jpg', 2],
  Glitch: ['dandelions.jpg', 2.75],
};

const module = new WebAssembly.Module(
  readFileSync(new URL('../dist/picture/effects/kernel/effects.wasm', import.meta.url)),
);

/** A sample photograph in one of the two shapes of a preview, and as large again by a half for the engine to draw from. */
async function open(name) {
  const bytes = readFileSync(`${root}/samples/${name}`);
  const { width, height } = await sharp(bytes).metadata();
  const size = width > height ? { width: 480, height: 320 } : { width: 320, height: 480 };
  const source = { width: size.width * 1.5, height: size.height * 1.5 };
  const rgb = await sharp(bytes)
    .resize(source.width, source.height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer();
  return { size, source, rgb };
}

const emptyPlanes = ({ width, height }) => ({
  width,
  height,
  stride: width,
  luma: new Uint8Array(width * height),
  blueChroma: new Uint8Array((width * height) / 4),
  redChroma: new Uint8Array((width * height) / 4),
});

/** The largest square of a frame, as near to the subject as the frame allows. */
function squareAround({ x, y }, { width, height }) {
  const side = Math.min(width, height);
  const hold = (middle, length) =>
    Math.round(Math.max(0, Math.min(length - side, middle * length - side / 2)));
  return { left: hold(x, width), top: hold(y, height), width: side, height: side };
}

rmSync(`${root}/samples/effects`, { recursive: true, force: true });
mkdirSync(`${root}/samples/effects`);
let total = 0;
for (const { code, name, logo, preview } of builtinEffects) {
  const [picture, moment] = shown[name];
  const { size, source, rgb } = await open(picture);
  const planes = emptyPlanes(source);
  convertToYuv(rgb, planes);
  const place = findPlace(await readPicture(rgb, source));
  const frameCount = SECONDS * FRAMES_PER_SECOND;
  const timing = { frameCount, framesPerSecond: FRAMES_PER_SECOND };
  const paint = createEffectPainter(module, planes, size, { code, place, seed: 1, strength: 1 }, timing);
  const path = `${root}/samples/${preview}`;
  const writer = await Mp4Writer.create(path, {
    ...size,
    framesPerSecond: FRAMES_PER_SECOND,
    quality: 'small',
    sound: false,
  });
  const frame = emptyPlanes(size);
  for (let index = 0; index < frameCount; index++) {
    paint(index, frame);
    await writer.writeFrame(frame);
    if (index !== Math.round(moment * FRAMES_PER_SECOND)) continue;
    const still = sharp(convertToRgb(frame), { raw: { ...size, channels: 3 } });
    const webp = await still
      .extract(squareAround(place, size))
      .resize(LOGO_SIDE)
      .webp({ quality: 72 })
      .toBuffer();
    writeFileSync(`${root}/samples/${logo}`, webp);
    total += webp.length;
  }
  await writer.finish();
  total += readFileSync(path).length;
  console.log(`${preview} ${(readFileSync(path).length / 1000).toFixed(0)} kB`);
}
console.log(`${(total / 1e6).toFixed(2)} MB in all`);
