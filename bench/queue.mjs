// What the database alone can do: tasks are made, leased, begun, reported and completed as the server and its workers do
// it, with every charge, trigger and announcement, and nothing is rendered. On the embedded database and on a PostgreSQL. How
// fast a PostgreSQL is depends on its machine, and on whether this program shares it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { createAccounts } from '../dist/credits/accounts.js';
import { createAdministration } from '../dist/credits/administer.js';
import { createSealing } from '../dist/credits/sealing.js';
import { openDatabase } from '../dist/database/open.js';
import { builtinModels } from '../dist/engines/builtin/models.js';
import { createReach } from '../dist/net/reach.js';
import { createLinks } from '../dist/storage/links.js';
import { createStorageKey } from '../dist/storage/storage-key.js';
import { openQueue } from '../dist/tasks/queue.js';
import { createTaskService } from '../dist/tasks/service.js';
import { createTransitions } from '../dist/tasks/transitions.js';
import { startPostgres } from './postgres.mjs';

const TASKS = 2_000;
/** As many as PostgreSQL's pool has connections; the embedded database does one thing at a time anyway. */
const LANES = 10;
const ACCOUNTS = 20;
const PICK_UPS = 30;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** How many transactions the database has committed; its statistics come up to a second late. */
async function countCommits(database) {
  await sleep(1_500);
  const { rows } =
    await sql`select xact_commit::integer as commits from pg_stat_database where datname = current_database()`.execute(
      database,
    );
  return rows[0].commits;
}

/** Does `work` on several lanes until it answers false everywhere; answers the seconds that took. */
async function inParallel(work) {
  const began = performance.now();
  const lane = async () => {
    while (await work());
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return (performance.now() - began) / 1000;
}

/** An engine that never does anything: what becomes of a task is decided here. */
const engine = {
  name: 'by-hand',
  models: builtinModels,
  supports: () => [],
  start: async () => ({}),
  status: async () => ({ state: 'running', progress: 0, stage: 'rendering' }),
  cancel: async () => {},
  close: async () => {},
};

const request = {
  kind: 'image-to-video',
  model: 'builtin-fast',
  credits: 1,
  warnings: [],
  dialect: 'bench',
  input: {
    image: 'https://example.org/picture.jpg',
    lastImage: '',
    prompt: 'Waves roll ashore under gulls.',
    negativePrompt: '',
    extendPrompt: false,
    audio: 'ai',
    audioUrl: '',
    resolution: '720p',
    seconds: 5,
    framesPerSecond: 24,
    premium: false,
    modelName: '',
    webhookUrl: '',
  },
};

/** A task's result as a worker writes it: a video and a cover. */
const result = () => ({
  outputs: ['video', 'cover'].map((kind) => ({
    key: createStorageKey(kind === 'video' ? 'mp4' : 'jpg'),
    kind,
    content_type: kind === 'video' ? 'video/mp4' : 'image/jpeg',
    file_name: 'waves',
    bytes: 3_000_000,
    width: 1280,
    height: 720,
    duration_seconds: 5,
  })),
  warnings: [],
  plan: {},
});

async function measure(name, opened) {
  const { database } = opened;
  const queue = await openQueue(opened.queueOptions, (error) => console.error(error));
  const sealing = createSealing('a secret key for benchmarks');
  const accounts = createAccounts(database, sealing);
  const administration = createAdministration(database, sealing);
  const transitions = createTransitions(database, queue, 86_400);
  const service = createTaskService({
    database,
    queue,
    transitions,
    engines: [engine],
    reach: createReach([]),
    links: createLinks(
      () => 'http://stillroar',
      () => [],
    ),
    storage: {},
    queueLimit: 1_000_000,
    tasksAtOnce: { free: 1_000_000, pro: 1_000_000, studio: 1_000_000 },
    uploadsKept: 86_400,
  });
  const callers = [];
  for (let index = 0; index < ACCOUNTS; index++) {
    const { pair } = await administration.createAccount('pro', 100_000);
    callers.push(await accounts.findBySecret(pair.clientSecret));
  }
  const create = (index) => service.create(callers[index % ACCOUNTS], request, { at: new Date() });

  const before = await countCommits(database);
  const cpu = process.cpuUsage();
  const ids = [];
  let wanted = TASKS;
  const creating = await inParallel(async () => {
    if (wanted-- <= 0) return false;
    ids.push((await create(wanted)).id);
    return true;
  });

  let asked = TASKS;
  const reading = await inParallel(async () => {
    if (asked-- <= 0) return false;
    await service.find(callers[asked % ACCOUNTS], [ids[asked]]);
    return true;
  });

  const working = await inParallel(async () => {
    const [lease] = await queue.take(1);
    if (!lease) return false;
    await transitions.start(lease);
    for (const stage of ['analysing', 'rendering', 'encoding', 'storing'])
      await transitions.report(lease, 50, stage);
    await transitions.complete(lease, result());
    return true;
  });

  const commits = (await countCommits(database)) - before;
  const { user, system } = process.cpuUsage(cpu);

  const delays = [];
  let wake;
  await queue.onWork(() => wake?.());
  for (let round = 0; round < PICK_UPS; round++) {
    const woken = new Promise((resolve) => {
      wake = resolve;
    });
    await create(round);
    const began = performance.now();
    await woken;
    const [lease] = await queue.take(1);
    delays.push(performance.now() - began);
    await transitions.start(lease);
    await transitions.complete(lease, result());
  }
  await queue.close();
  const rate = (seconds) => `${Math.round(TASKS / seconds)} /s`;
  return {
    database: name,
    'create (charge, task, job)': rate(creating),
    'result of one task': rate(reading),
    'lease, begin, 4 reports, complete': rate(working),
    'a task from end to end': rate(creating + working),
    'CPU of this program a task': `${((user + system) / 1000 / TASKS).toFixed(1)} ms`,
    'transactions a task': (commits / TASKS).toFixed(1),
    'pick-up': `${median(delays).toFixed(1)} ms`,
  };
}

export async function benchQueue() {
  const directory = mkdtempSync(join(tmpdir(), 'stillroar-queue-'));
  const postgres = await startPostgres();
  try {
    const rows = [];
    for (const [name, databaseUrl] of [
      ['embedded', undefined],
      ['PostgreSQL', await postgres.createDatabase()],
    ]) {
      const opened = await openDatabase({ dataDirectory: directory, databaseUrl });
      rows.push(await measure(name, opened));
      await opened.close();
    }
    return rows;
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true });
  }
}
