// Ours beside what a user would type instead, alternately, several rounds: the same photograph, move, size and codec; what
// each takes, and how good it is. Needs the program ffmpeg for the others, and for Remotion what bench/peers/package.json
// names. `SIZES=1080p-5,4k-10 ROUNDS=1` does fewer; each size has a part of its own on the page.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { findChromium } from '../scripts/chromium.mjs';
import { measureJitter } from './jitter.mjs';
import { tableLines, writePart } from './report.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const PICTURE = path('../samples/stream.jpg');
const SIDES = { '720p': 720, '1080p': 1080, '4k': 2160 };
const { SIZES = '720p-5,720p-10,1080p-5,1080p-10,4k-5,4k-10', ROUNDS = '3' } = process.env;
/** The size that the chart shows. */
const CHARTED = '1080p-5';
/** How far the camera goes in. */
const ZOOM = 0.15;
const REMOTION = path('peers/node_modules/@remotion/renderer');
const HOW_TO_INSTALL = 'npm install --ignore-scripts --prefix bench/peers';

/** As the built-in engine chooses it: the resolution is the short side. */
async function frameSize(side) {
  const { width, height } = await sharp(readFileSync(PICTURE)).metadata();
  const even = (value) => 2 * Math.round(value / 2);
  return { width: even((side * width) / height), height: side };
}

const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'];
const finish = ['-c:a', 'aac', '-ac', '2', '-b:a', '160k', '-movflags', '+faststart', '-shortest', '-y'];

const noise = (seconds) => [
  '-f',
  'lavfi',
  '-t',
  `${seconds}`,
  '-i',
  'anoisesrc=color=pink:amplitude=0.1:sample_rate=48000',
];

function zoompan({ width, height, seconds, frames }, scale) {
  const move = `zoompan=z='1+${ZOOM}*on/${frames}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${frames}`;
  const filter = `scale=${scale}:-2,${move}:s=${width}x${height}:fps=24`;
  return ['-i', PICTURE, ...noise(seconds), '-vf', filter, ...encode];
}

function perspective({ width, height, seconds, frames }) {
  const grown = [2 * Math.round((width * (1 + ZOOM)) / 2), 2 * Math.round((height * (1 + ZOOM)) / 2)];
  const part = `${ZOOM / 2 / (1 + ZOOM)}*on/${frames}`;
  const corners = [
    `x0='W*${part}':y0='H*${part}':x1='W-W*${part}':y1='H*${part}'`,
    `x2='W*${part}':y2='H-H*${part}':x3='W-W*${part}':y3='H-H*${part}'`,
  ].join(':');
  const filter = `scale=${grown[0]}:${grown[1]},perspective=${corners}:sense=source:eval=frame:interpolation=linear`;
  const input = ['-loop', '1', '-framerate', '24', '-t', `${seconds}`, '-i', PICTURE];
  return [...input, ...noise(seconds), '-vf', `${filter},scale=${width}:${height}`, ...encode];
}

/** One run of a program: what it took in seconds, and what it said. */
function run(command, args) {
  // GNU time tells what the program and all of its children took; Node tells only how long it was.
  const timed = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', 'took %U %S', command] : [command];
  const [program, ...more] = timed;
  const start = performance.now();
  const child = spawnSync(program, [...more, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM_PATH: findChromium() ?? '' },
  });
  if (child.status !== 0) throw new Error(`${command} failed: ${child.stderr.slice(-400)}`);
  const [, user, system] = /took ([\d.]+) ([\d.]+)/.exec(child.stderr) ?? [];
  return {
    wall: (performance.now() - start) / 1000,
    cpu: Number(user) + Number(system),
    said: child.stderr,
  };
}

function contestants(resolution, size, directory) {
  const out = (name) => join(directory, `${name}.mp4`);
  const ours = (name, prompt, audio) => ({
    name,
    out: out(name),
    run: () =>
      run(process.execPath, [
        path('clip-once.mjs'),
        JSON.stringify({ image: PICTURE, out: out(name), resolution, seconds: size.seconds, prompt, audio }),
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
    {
      ...ours('Stillroar, depth, flowing water, sound', 'slow push in, the water flows, birds', 'ai'),
      lives: true,
    },
    ffmpeg('ffmpeg zoompan, 8000 px against its jitter', zoompan(size, 8000)),
    ffmpeg('ffmpeg perspective, linear', perspective(size)),
    ...remotion(size, directory),
  ];
}

/** Remotion's own advice for a server: the page is made once, beforehand; each render starts a browser. */
function remotion({ width, height, frames }, directory) {
  if (!existsSync(REMOTION) || !findChromium()) return [];
  const page = join(directory, 'page');
  const job = (fields) =>
    run(process.execPath, [path('peers/render.mjs'), JSON.stringify({ page, ...fields })]);
  job({ job: 'bundle', picture: PICTURE });
  const out = join(directory, 'remotion.mp4');
  return [
    {
      name: 'Remotion 4',
      out,
      run: () => job({ job: 'render', out, width, height, frames, zoom: ZOOM }),
    },
  ];
}

/** How like the resized photograph the first frame is: PSNR of all colours in dB, and SSIM. */
function compareFirstFrame(out, reference) {
  const read = (filter, field) => {
    const same = 'scale=flags=accurate_rnd+full_chroma_int,format=gbrp';
    const graph = `[0:v]trim=end_frame=1,${same}[film];[1:v]${same}[still];[film][still]${filter}`;
    const { said } = run('ffmpeg', ['-i', out, '-i', reference, '-lavfi', graph, '-f', 'null', '-']);
    return Number(new RegExp(`${field}:([\\d.]+)`).exec(said)[1]);
  };
  return { psnr: read('psnr', 'average'), ssim: read('ssim', 'All') };
}

async function measureSize(name) {
  const [resolution, seconds] = [name.split('-')[0], Number(name.split('-')[1])];
  if (!(resolution in SIDES) || !(seconds > 0))
    throw new Error(`There is no size "${name}": 1080p-5 is one.`);
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-peers-'));
  try {
    const size = { ...(await frameSize(SIDES[resolution])), seconds, frames: 24 * seconds };
    const all = contestants(resolution, size, directory);
    const runs = all.map(() => []);
    for (let round = 0; round < Number(ROUNDS); round++) {
      for (const [index, contestant] of all.entries()) runs[index].push(contestant.run());
    }
    const reference = join(directory, 'reference.png');
    await sharp(readFileSync(PICTURE))
      .rotate()
      .resize(size.width, size.height, { fit: 'fill' })
      .png()
      .toFile(reference);
    const walls = runs.map((some) => some.map(({ wall }) => wall));
    const rows = [];
    for (const [index, { name: program, out, lives }] of all.entries()) {
      const { psnr, ssim } = compareFirstFrame(out, reference);
      rows.push({
        name: program,
        'wall s (min)': Math.min(...walls[index]).toFixed(2),
        'wall s (median)': median(walls[index]).toFixed(2),
        'wall s (max)': Math.max(...walls[index]).toFixed(2),
        'of zoompan': (median(walls[index]) / median(walls[0])).toFixed(2),
        'CPU s': median(runs[index].map(({ cpu }) => cpu)).toFixed(1),
        'file MB': (statSync(out).size / 1e6).toFixed(1),
        // Water that flows is no jitter.
        'jitter px': lives ? '' : (await measureJitter(out, ZOOM, size.frames)).toFixed(3),
        'PSNR dB': psnr.toFixed(1),
        SSIM: ssim.toFixed(3),
      });
    }
    console.log(`\n${resolution}, ${seconds} s`);
    console.table(rows);
    const isMissing = all.every(({ name: program }) => program !== 'Remotion 4');
    const missing = `Remotion 4 was not there: it needs Chromium and \`${HOW_TO_INSTALL}\`.`;
    if (isMissing) console.log(missing);
    const lines = [
      `### ${resolution}, ${seconds} s`,
      ...tableLines(rows),
      ...(isMissing ? ['', missing] : []),
    ];
    writePart(`peers ${name}`, [...lines, '', `${ROUNDS} rounds.`]);
    if (name === CHARTED)
      writeFileSync(path('../docs/benchmarks.svg'), chart(`${resolution}, ${seconds} s`, rows));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export async function benchPeers() {
  const found = spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' });
  if (found.status !== 0) throw new Error('The peers need the program ffmpeg: apt-get install ffmpeg.');
  writePart('peers', [
    '## Beside what a user would type instead',
    'The same photograph becomes a clip: a move of 15 % inwards, H.264 and AAC. The programs run in turns, the others',
    'with veryfast and crf 20, ours with settings of its own for the same quality (`npm run bench -- encoder`). Ours',
    'is a fresh process each time; the server keeps one warm. Remotion films a page that was made before the clock started,',
    'from JPEG frames of two browser tabs. Only the ratios of one run mean anything: another machine has other seconds.',
    '',
    'CPU is that of the program and all of its children. Jitter is the standard deviation of the motion of a patch from frame',
    'to frame about the smooth curve through it, in pixels. PSNR and SSIM compare the first frame with the photograph at the',
    `clip's size. ffmpeg is ${found.stdout.split(' ')[2]}. \`npm run bench -- peers\` writes the parts anew, \`SIZES=1080p-5 ROUNDS=1\` one of`,
    'them quickly.',
    '',
    '![Wall time of a 5 s clip](benchmarks.svg)',
  ]);
  for (const name of SIZES.split(',')) await measureSize(name);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Bars of the median wall time. */
function chart(title, rows) {
  const longest = Math.max(...rows.map((row) => Number(row['wall s (median)'])));
  const parts = [`<text x="8" y="24" font-weight="bold">${title}</text>`];
  let y = 34;
  for (const row of rows) {
    const seconds = Number(row['wall s (median)']);
    const width = Math.round((330 * seconds) / longest);
    const fill = row.name.startsWith('Stillroar') ? '#1f5a55' : '#b9b2a3';
    parts.push(`<text x="300" y="${y + 15}" text-anchor="end">${row.name}</text>`);
    parts.push(`<rect x="308" y="${y}" width="${width}" height="20" fill="${fill}"/>`);
    parts.push(`<text x="${314 + width}" y="${y + 15}">${seconds.toFixed(1)} s</text>`);
    y += 26;
  }
  y += 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="${y}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="13">
<title id="title">Seconds of wall time for a clip at ${title}, by program</title>
<rect width="720" height="${y}" fill="#fffefa"/>
${parts.join('\n')}
</svg>
`;
}
