// node scripts/fit-texture.mjs RECORDING NAME "AUTHOR, SOURCE, LICENCE" [SECONDS]
// Fits a texture on a recording of six seconds or more (any format that FFmpeg reads; the first SECONDS of it; under ten,
// slow movement is not known) and writes src/sound/textures/NAME.ts: numbers, no sound. Use it with `renderTexture`, and name the recording in NOTICE.
import { readFileSync, writeFileSync } from 'node:fs';
import { decodeAudio } from '../dist/media/decode-audio.js';
import { fitTexture } from '../dist/sound/textures/fit-texture.js';

const [path, name, source, seconds = '90'] = process.argv.slice(2);
if (source === undefined || !/^[a-z][a-z-]*$/.test(name)) {
  console.error('node scripts/fit-texture.mjs RECORDING NAME "AUTHOR, SOURCE, LICENCE" [SECONDS]');
  process.exit(2);
}
const { left, right } = await decodeAudio(readFileSync(path), Math.round(Number(seconds) * 48_000));
if (left.length < 288_000) {
  console.error(`${path} has ${(left.length / 48_000).toFixed(1)} s; six are needed.`);
  process.exit(1);
}
const statistics = fitTexture(left.map((sample, index) => (sample + right[index]) / 2));
const row = (values) => `    [${values.join(', ')}],\n`;
const constant = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
writeFileSync(
  new URL(`../src/sound/textures/${name}.ts`, import.meta.url),
  `import type { TextureStatistics } from './texture-statistics.ts';

/** Fitted by scripts/fit-texture.mjs on a recording: ${source}. */
// biome-ignore format: a table of numbers
export const ${constant}: TextureStatistics = {
  mean: [${statistics.mean.join(', ')}],
${['components', 'modulation', 'quantiles'].map((key) => `  ${key}: [\n${statistics[key].map(row).join('')}  ],\n`).join('')}};
`,
);
console.log(`src/sound/textures/${name}.ts`);
