// The encoder's settings beside those of the preset that they come from: the size of a file of the same quality, and the CPU
// that it takes. Needs Debian's ffmpeg.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Mp4Writer } from '../dist/media/encode-mp4.js';
import { filmOf, prepareDrawing } from './draw-film.mjs';

const sample = (name) => fileURLToPath(new URL(`../samples/${name}.jpg`, import.meta.url));
const films = [
  ['stream', 'zoom in, nothing else moves'],
  ['stream', 'slow push in, the water flows'],
  ['stream', 'static camera, the water flows'],
  ['dogs', 'handheld, orbit left, snow'],
  ['sunset', 'pan right, waves'],
];
/** Qualities of the preset's own between which a size is looked up. */
const PRESET_QUALITIES = ['19', '21'];

/** Runs ffmpeg and answers what it says. */
function ffmpeg(...parameters) {
  const child = spawnSync('ffmpeg', ['-hide_banner', '-y', ...parameters], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`ffmpeg failed: ${child.stderr.slice(-400)}`);
  return child.stderr;
}

/** How alike two films are, in dB: −10 log10(1 − SSIM of luma). */
function similarity(path, reference) {
  const said = ffmpeg('-i', path, '-i', reference, '-lavfi', '[0:v][1:v]ssim', '-f', 'null', '-');
  return -10 * Math.log10(1 - Number(said.match(/SSIM Y:([\d.]+)/)[1]));
}

/** Draws a film into a file of raw frames. */
async function drawInto(path, drawing) {
  const { frame, frameCount } = drawing;
  const draw = drawing.open();
  const frames = [];
  const file = openSync(path, 'w');
  writeSync(file, `YUV4MPEG2 W${frame.width} H${frame.height} F24:1 Ip A1:1 C420jpeg\n`);
  for (let index = 0; index < frameCount; index++) {
    const view = draw(index);
    writeSync(file, 'FRAME\n');
    const planes = [view.luma, view.blueChroma, view.redChroma].map((plane) => plane.slice());
    planes.forEach((plane, place) => {
      const half = place === 0 ? 0 : 1;
      for (let row = 0; row < frame.height >> half; row++) {
        const start = row * (view.stride >> half);
        writeSync(file, plane, start, frame.width >> half);
      }
    });
    const [luma, blueChroma, redChroma] = planes;
    frames.push({ ...view, luma, blueChroma, redChroma });
  }
  closeSync(file);
  return frames;
}

export async function benchEncoder() {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-bench-'));
  const [raw, ours, theirs] = ['raw.y4m', 'ours.mp4', 'theirs.mp4'].map((name) => join(directory, name));
  const rows = [];
  for (const [picture, prompt] of films) {
    const drawing = await prepareDrawing(filmOf(sample(picture), prompt, '720p'));
    const frames = await drawInto(raw, drawing);
    const before = process.cpuUsage();
    const writer = await Mp4Writer.create(ours, { ...drawing.frame, framesPerSecond: 24, sound: false });
    for (const frame of frames) await writer.writeFrame(frame);
    await writer.finish();
    const { user, system } = process.cpuUsage(before);
    const quality = similarity(ours, raw);
    const presets = PRESET_QUALITIES.map((crf) => {
      const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', crf, '-g', '48'];
      const said = ffmpeg('-benchmark', '-i', raw, ...x264, '-movflags', '+faststart', theirs);
      const [, utime, stime] = said.match(/utime=([\d.]+)s stime=([\d.]+)s/);
      const cpu = Number(utime) + Number(stime);
      return { quality: similarity(theirs, raw), size: Math.log(statSync(theirs).size), cpu };
    });
    const [fine, coarse] = presets;
    const place = (quality - fine.quality) / (coarse.quality - fine.quality);
    const sameQuality = Math.exp(fine.size + place * (coarse.size - fine.size));
    const { size } = statSync(ours);
    rows.push({
      film: `${picture}: ${prompt}`,
      'SSIM dB': quality.toFixed(2),
      MB: (size / 1e6).toFixed(2),
      'MB, preset alone, same SSIM': (sameQuality / 1e6).toFixed(2),
      'size ratio': (size / sameQuality).toFixed(2),
      'CPU ratio': ((user + system) / 1e6 / ((fine.cpu + coarse.cpu) / 2)).toFixed(2),
    });
  }
  rmSync(directory, { recursive: true });
  return rows;
}
