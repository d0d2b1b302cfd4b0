// Makes data/listening/index.html: a player and a spectrogram for every sound in all its variants, and for 30 prompts.
// Usage: node scripts/listening-sheet.mjs [DIRECTORY]. Needs a build (npm run build) and, for the spectrograms, SoX.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderSound } from '../dist/sound/mix/render-sound.js';
import { planSound } from '../dist/sound/plan/plan-sound.js';
import { sounds } from '../dist/sound/sounds/index.js';

const folder = process.argv[2] ?? 'data/listening';
const prompts = [
  'Waves crash against the rocks while seagulls cry',
  'Heavy rain on a tin roof and distant thunder',
  'A man walks on gravel in the wind',
  'A campfire crackles, crickets chirp',
  'Birds sing by a babbling brook in the forest',
  'Busy city traffic, a car honks twice',
  'A dog barks three times, then a door slams',
  'People talk and laugh in a crowded restaurant',
  'A samurai swings his katana',
  'A cake being sliced',
  'A train passes and blows its horn',
  'A helicopter flies over the sea',
  'Somebody types on a keyboard while a clock ticks',
  'A horse gallops across the field and neighs',
  'A cat purrs by the fireplace',
  'Fireworks over the harbor, people cheer',
  'An explosion, followed by a siren',
  'A race car drives past, tires screech',
  'Bacon sizzles in the pan',
  'A glass shatters on the floor',
  'A choir sings in a cathedral while bells ring',
  'A baby cries and a woman speaks',
  'A chainsaw cuts a tree in the forest',
  'A spaceship whooshes past, lasers fire',
  'A wizard casts a magic spell',
  'Water is poured into a glass',
  'Epic orchestral music',
  'Smooth jazz music in a bar',
  'Retro chiptune music',
  'Rain, chill lofi music',
];

/** A WAV file of 16-bit samples. */
function toWave({ left, right }, gain) {
  const bytes = Buffer.alloc(44 + left.length * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + left.length * 4, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  for (const [value, place] of [
    [1, 20],
    [2, 22],
    [4, 32],
    [16, 34],
  ]) {
    bytes.writeUInt16LE(value, place);
  }
  bytes.writeUInt32LE(48_000, 24);
  bytes.writeUInt32LE(192_000, 28);
  bytes.write('data', 36);
  bytes.writeUInt32LE(left.length * 4, 40);
  for (let index = 0; index < left.length; index++) {
    bytes.writeInt16LE(
      Math.max(-32767, Math.min(32767, Math.round(left[index] * gain * 32767))),
      44 + index * 4,
    );
    bytes.writeInt16LE(
      Math.max(-32767, Math.min(32767, Math.round(right[index] * gain * 32767))),
      46 + index * 4,
    );
  }
  return bytes;
}

const planOf = (request) => planSound({ prompt: '', soundPrompt: '', musicPrompt: '', seed: 1, ...request });

/** A plan of one sound and the air. */
function planOne(sound, variant, seconds) {
  const plan = planOf({ seconds });
  const parameters = { intensity: 0.5, density: 0.5, pace: 0.5, variant };
  const place = {
    start: 0,
    duration: seconds,
    gainDecibels: 0,
    pan: 0,
    distance: 0,
    why: 'the listening sheet',
  };
  let state = 7;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const layer =
    sound.kind === 'texture'
      ? { kind: 'texture', generator: sound.name, parameters, ...place }
      : {
          kind: 'event',
          generator: sound.name,
          parameters,
          events: sound.schedule(seconds, parameters, random),
          ...place,
        };
  plan.layers[0].gainDecibels = 0;
  return { ...plan, loudness: sound.kind === 'texture' ? -18 : -20, layers: [plan.layers[0], layer] };
}

mkdirSync(folder, { recursive: true });
const rows = [];
function add(name, title, plan) {
  const path = join(folder, `${name}.wav`);
  writeFileSync(path, toWave(renderSound(plan), 1));
  const spectrogram = [
    '-n',
    'remix',
    '-',
    'spectrogram',
    '-x',
    '500',
    '-y',
    '160',
    '-r',
    '-o',
    join(folder, `${name}.png`),
  ];
  spawnSync('sox', [path, ...spectrogram]);
  const why = plan.layers
    .slice(1)
    .map((layer) => `${layer.generator} (${layer.why})`)
    .join(', ');
  rows.push(
    `<article><h2>${title}</h2><p>${why}</p><audio controls preload="none" src="${name}.wav"></audio>` +
      `<img loading="lazy" src="${name}.png" alt="Spectrogram, 0–24 kHz"></article>`,
  );
}
for (const [place, prompt] of prompts.entries())
  add(`prompt-${place + 1}`, prompt, planOf({ soundPrompt: prompt, seconds: 10 }));
for (const sound of sounds) {
  for (const variant of sound.variants)
    add(`${sound.name}-${variant}`, `${sound.name}: ${variant}`, planOne(sound, variant, 5));
}
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Listening sheet</title>
<style>body{font:15px system-ui;background:#111;color:#eee;margin:2rem}article{margin:0 0 2rem}h2{margin:0;font-size:1rem}
p{margin:.2rem 0;color:#999}img{display:block;margin-top:.4rem}</style>
<h1>${rows.length} sounds</h1>
${rows.join('\n')}
`,
);
console.log(`${join(folder, 'index.html')}: ${rows.length} sounds`);
