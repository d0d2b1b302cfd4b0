// npm run bench [-- budget|clips|cost|effects|encoder|endurance|growth|jitter|overload|peers|picture|queue|scale|scenes|server|sound]: prints each figure with the machine that it came from.
import { cpus, totalmem } from 'node:os';
import { benchBudget } from './budget.mjs';
import { benchClips } from './clips.mjs';
import { benchCost } from './cost.mjs';
import { benchEffects } from './effects.mjs';
import { benchEncoder } from './encoder.mjs';
import { benchEndurance } from './endurance.mjs';
import { benchGrowth } from './growth.mjs';
import { benchJitter } from './jitter.mjs';
import { benchOverload } from './overload.mjs';
import { benchPeers } from './peers.mjs';
import { benchPicture } from './picture.mjs';
import { benchQueue } from './queue.mjs';
import { benchScale } from './scale.mjs';
import { benchScenes } from './scenes.mjs';
import { benchServer } from './server.mjs';
import { benchSound } from './sound.mjs';

const benches = {
  budget: ['Where the time of a clip goes', benchBudget],
  clips: ['A 5 s clip, picture and sound', benchClips],
  cost: ['What pixels, frames and layers cost', benchCost],
  effects: ['The effects, 5 s at 720p', benchEffects],
  encoder: ["The encoder's settings beside its preset's own", benchEncoder],
  endurance: ['Two hundred jobs in a row', benchEndurance],
  growth: ['How cost grows', benchGrowth],
  jitter: ['Jitter of a very slow zoom at 1080p', benchJitter],
  overload: ['A job under a flood of requests', benchOverload],
  peers: ['Beside what a user would type instead', benchPeers],
  picture: ['The picture engine', benchPicture],
  queue: ['The database as a queue', benchQueue],
  scale: ['Fleets, simulated', benchScale],
  scenes: ['Text to video, 5 s', benchScenes],
  sound: ['The sound engine', benchSound],
  server: ['The server', benchServer],
};

/** Done only when they are named. */
const long = new Set(['cost', 'encoder', 'endurance', 'growth', 'overload', 'peers', 'queue', 'scale']);
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in benches));
if (unknown) {
  console.error(`There is no bench "${unknown}"; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
console.log(
  `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${process.platform}`,
);
for (const [name, [title, bench]] of Object.entries(benches)) {
  if (wanted.length > 0 ? !wanted.includes(name) : long.has(name)) continue;
  console.log(`\n${title}`);
  const table = await bench();
  if (table) console.table(table);
}
