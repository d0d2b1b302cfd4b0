// One job of Remotion's in a process of its own: `bundle` makes the page that holds the move once; `render` films it, browser
// start included, as its documentation advises, with the encoder's settings of the other peers.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '@remotion/bundler';
import { renderMedia, selectComposition } from '@remotion/renderer';

const { job, picture, page, out, ...inputProps } = JSON.parse(process.argv[2]);

async function makePage() {
  const publicDir = join(page, '..', 'public');
  mkdirSync(publicDir, { recursive: true });
  cpSync(picture, join(publicDir, 'picture.jpg'));
  const entryPoint = fileURLToPath(new URL('composition.js', import.meta.url));
  await bundle({ entryPoint, outDir: page, publicDir });
}

async function render() {
  const browser = {
    serveUrl: page,
    inputProps,
    browserExecutable: process.env.CHROMIUM_PATH,
    chromeMode: 'chrome-for-testing',
    logLevel: 'error',
  };
  await renderMedia({
    ...browser,
    composition: await selectComposition({ ...browser, id: 'move' }),
    outputLocation: out,
    codec: 'h264',
    imageFormat: 'jpeg',
    x264Preset: 'veryfast',
    crf: 20,
    colorSpace: 'bt709',
    concurrency: 2,
    enforceAudioTrack: true,
  });
}

await (job === 'bundle' ? makePage() : render());
