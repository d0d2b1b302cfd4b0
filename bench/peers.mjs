// Ours beside what a user would type instead, alternately, several rounds: the same photograph, move, size and codec.
// Needs Debian's ffmpeg for the others. Writes docs/benchmarks.md and its chart.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { tableLines, writePart } from './report.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const PICTURE = path('../samples/stream.jpg');
const SECONDS = 5;
const FRAMES = 24 * SECONDS;
/** How far the camera goes in. */
const ZOOM = 0.15;
const ROUNDS = 3;

/** As the built-in engine chooses it: the resolution is the short side. */
async function frameSize(side) {
  const { width, height } = await sharp(readFileSync(PICTURE)).metadata();
  const even = (value) => 2 * Math.round(value / 2);
  return { width: even((side * width) / height), height: side };
}

const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'];
const noise = [
  '-f',
  'lavfi',
  '-t',
  `${SECONDS}`,
  '-i',
  'anoisesrc=color=pink:amplitude=0.1:sample_rate=48000',
];
const finish = ['-c:a', 'aac', '-ac', '2', '-b:a', '160k', '-movflags', '+faststart', '-shortest', '-y'];

function zoompan({ width, height }, scale) {
  const move = `zoompan=z='1+${ZOOM}*on/${FRAMES}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${FRAMES}`;
  return ['-i', PICTURE, ...noise, '-vf', `scale=${scale}:-2,${move}:s=${width}x${height}:fps=24`, ...encode];
}

function perspective({ width, height }) {
  const grown = [2 * Math.round((width * (1 + ZOOM)) / 2), 2 * Math.round((height * (1 + ZOOM)) / 2)];
  const part = `${ZOOM / 2 / (1 + ZOOM)}*on/${FRAMES}`;
  const corners = [
    `x0='W*${part}':y0='H*${part}':x1='W-W*${part}':y1='H*${part}'`,
    `x2='W*${part}':y2='H-H*${part}':x3='W-W*${part}':y3='H-H*${part}'`,
  ].join(':');
  const filter = `scale=${grown[0]}:${grown[1]},perspective=${corners}:sense=source:eval=frame:interpolation=linear`;
  const input = ['-loop', '1', '-framerate', '24', '-t', `${SECONDS}`, '-i', PICTURE];
  return [...input, ...noise, '-vf', `${filter},scale=${width}:${height}`, ...encode];
}

/** One run of a program: wall seconds. */
function run(command, args) {
  const start = performance.now();
  const child = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${command} failed: ${child.stderr.slice(-400)}`);
  return { wall: (performance.now() - start) / 1000 };
}

function contestants(resolution, size, directory) {
  const out = (name) => join(directory, `${name}.mp4`);
  const ours = (name, prompt, audio) => ({
    name,
    out: out(name),
    run: () =>
      run(process.execPath, [
        path('clip-once.mjs'),
        JSON.stringify({ image: PICTURE, out: out(name), resolution, prompt, audio }),
      ]),
  });
  const ffmpeg = (name, args) => ({
    name,
    out: out(name),
    run: () => run('ffmpeg', ['-v', 'error', ...args, ...finish, out(name)]),
  });
  return [
    ffmpeg('ffmpeg zoompan', zoompan(size, Math.round(size.width * (1 + ZOOM)))),
    ours('Stillroar, zoom alone, mute', 'zoom in, nothing else moves', 'none'),
    ours('Stillroar, depth, flowing water, sound', 'slow push in, the water flows, birds', 'ai'),
    ffmpeg('ffmpeg zoompan, 8000 px against its jitter', zoompan(size, 8000)),
    ffmpeg('ffmpeg perspective, linear', perspective(size)),
  ];
}

export async function benchPeers({ rounds = ROUNDS } = {}) {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) {
    throw new Error('The peers need the program ffmpeg: apt-get install ffmpeg.');
  }
  const version = spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' }).stdout.split(' ')[2];
  const tables = [];
  for (const [resolution, side] of [
    ['720p', 720],
    ['1080p', 1080],
  ]) {
    const directory = mkdtempSync(join(tmpdir(), 'stillroar-peers-'));
    const all = contestants(resolution, await frameSize(side), directory);
    const walls = new Map(all.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const { name, run } of all) walls.get(name).push(run().wall);
    }
    const reference = median(walls.get(all[0].name));
    const rows = all.map(({ name, out }) => {
      const seconds = walls.get(name);
      return {
        name,
        'wall s (min)': Math.min(...seconds).toFixed(2),
        'wall s (median)': median(seconds).toFixed(2),
        'wall s (max)': Math.max(...seconds).toFixed(2),
        'of zoompan': (median(seconds) / reference).toFixed(2),
        'file MB': (statSync(out).size / 1e6).toFixed(1),
      };
    });
    rmSync(directory, { recursive: true });
    console.log(`\n${resolution}, ${SECONDS} s`);
    console.table(rows);
    tables.push({ resolution, rows });
  }
  writeReport(tables, version);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function writeReport(tables, version) {
  const lines = [
    '## Beside what a user would type instead',
    'The same photograph becomes a clip of 5 seconds: a move of 15 % inwards, H.264 (veryfast, crf 20) and AAC. Each program',
    `runs ${ROUNDS} times, in turns. Ours is a fresh process each time; the server keeps one warm. Only the ratios of one run`,
    `mean anything: another machine has other seconds. ffmpeg is ${version}. \`npm run bench -- peers\` writes this part anew.`,
    '',
    '![Wall time of a 5 s clip](benchmarks.svg)',
    ...tables.flatMap(({ resolution, rows }) => ['', `### ${resolution}`, ...tableLines(rows)]),
  ];
  writePart('peers', lines);
  writeFileSync(path('../docs/benchmarks.svg'), chart(tables));
}

/** Bars of the median wall time, one group a resolution. */
function chart(tables) {
  const longest = Math.max(
    ...tables.flatMap(({ rows }) => rows.map((row) => Number(row['wall s (median)']))),
  );
  const parts = [];
  let y = 24;
  for (const { resolution, rows } of tables) {
    parts.push(`<text x="8" y="${y}" font-weight="bold">${resolution}</text>`);
    y += 10;
    for (const row of rows) {
      const seconds = Number(row['wall s (median)']);
      const width = Math.round((330 * seconds) / longest);
      const fill = row.name.startsWith('Stillroar') ? '#1f5a55' : '#b9b2a3';
      parts.push(`<text x="300" y="${y + 15}" text-anchor="end">${row.name}</text>`);
      parts.push(`<rect x="308" y="${y}" width="${width}" height="20" fill="${fill}"/>`);
      parts.push(`<text x="${314 + width}" y="${y + 15}">${seconds.toFixed(1)} s</text>`);
      y += 26;
    }
    y += 22;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="${y}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="13">
<title id="title">Seconds of wall time for a clip of 5 s, by program and resolution</title>
<rect width="720" height="${y}" fill="#fffefa"/>
${parts.join('\n')}
</svg>
`;
}
