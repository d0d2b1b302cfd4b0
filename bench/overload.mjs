// What a flood of requests costs the job that is at work: the same clip is made with a full queue and nobody knocking, and
// with a full queue and a caller who does not listen to 429, in turns. Linux only: CPU time is read from /proc.
// `RATE=200 ROUNDS=5` knocks 200 times a second, five rounds.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOwnServer } from './own-server.mjs';

const RATE = Number(process.env.RATE ?? 100);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const PORT = 18_095;
const KEY = 'only-for-this-benchmark.';
const QUEUE_LIMIT = 2;
const FRAMES = 120;
const url = `http://127.0.0.1:${PORT}`;
const SOCKETS = 32;
const agent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS + 1 });
const clip = {
  image: `${url}/samples/stream.jpg`,
  prompt: 'slow push in, rushing water',
  resolution: '720p',
};
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** CPU seconds that a process has used, and those that its ended children have. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const [user, system, ended, endedSystem] = fields.slice(11, 15).map((ticks) => Number(ticks) / 100);
  return { own: user + system, children: ended + endedSystem };
}

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const request = http.request(url + path, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body: text && JSON.parse(text) }));
    });
    request.on('error', reject).end(body && JSON.stringify(body));
  });
}

async function create() {
  const { status, body } = await call('POST', '/api/v1/tasks', clip);
  if (status !== 201) throw new Error(body.detail);
  return body.id;
}

async function waitFor(id, ...states) {
  for (;;) {
    const { body } = await call('GET', `/api/v1/tasks/${id}`);
    if (states.includes(body.state)) return body;
    await sleep(100);
  }
}

/** Knocks at the rate until it is told to stop, unless too many wait for an answer; resolves to the statuses. */
async function flood(isOver) {
  const statuses = [];
  const underWay = new Set();
  const began = performance.now();
  for (let knocks = 0; !isOver(); await sleep(5)) {
    for (; knocks < (RATE * (performance.now() - began)) / 1000; knocks++) {
      if (underWay.size >= SOCKETS) continue;
      const knock = call('POST', '/api/v1/tasks', clip).then(({ status }) => {
        statuses.push(status);
        underWay.delete(knock);
      });
      underWay.add(knock);
    }
  }
  await Promise.all(underWay);
  return statuses;
}

async function measureRound(server, isFlooded) {
  const job = await create();
  await waitFor(job, 'processing');
  const waiting = [];
  while (waiting.length < QUEUE_LIMIT) waiting.push(await create());
  const { body: account } = await call('GET', '/api/v1/account');
  const before = cpuOf(server.pid).own;
  let isOver = false;
  const flooding = isFlooded ? flood(() => isOver) : Promise.resolve([]);
  const task = await waitFor(job, 'completed', 'failed');
  isOver = true;
  const statuses = await flooding;
  const cpu = cpuOf(server.pid).own - before;
  // Once it is done the next one begins, and leaves room for one of those that knock.
  const letIn = statuses.filter((status) => status === 201).length;
  if (
    task.state !== 'completed' ||
    statuses.some((status) => status !== 429 && status !== 201) ||
    letIn > 1
  ) {
    throw new Error(`The job is ${task.state}; answers were ${[...new Set(statuses)].join(', ')}.`);
  }
  const { body: after } = await call('GET', '/api/v1/account');
  if (after.credits !== account.credits - letIn * task.credits) throw new Error('A refusal was charged.');
  for (const { id } of (await call('GET', '/api/v1/tasks')).body.items)
    await call('POST', `/api/v1/tasks/${id}/cancel`);
  // That a queue is full is remembered for a second.
  await sleep(1_500);
  const seconds = (Date.parse(task.endedAt) - Date.parse(task.startedAt)) / 1000;
  return { seconds, cpu, refused: statuses.length - letIn };
}

export async function benchOverload() {
  const settings = { STILLROAR_QUEUE_LIMIT: String(QUEUE_LIMIT) };
  const server = await startOwnServer({ port: PORT, key: KEY, settings });
  const rounds = { quiet: [], flooded: [] };
  try {
    await waitFor(await create(), 'completed');
    for (let round = 0; round < ROUNDS; round++) {
      rounds.quiet.push(await measureRound(server, false));
      rounds.flooded.push(await measureRound(server, true));
    }
  } finally {
    await server.close();
    agent.destroy();
  }
  const rows = Object.entries(rounds).map(([name, measured]) => {
    const seconds = median(measured.map((round) => round.seconds));
    return {
      queue: name === 'quiet' ? 'full' : `full, ${RATE} requests /s`,
      'the job, s': seconds.toFixed(2),
      'frames /s': (FRAMES / seconds).toFixed(1),
      refused: measured.reduce((sum, { refused }) => sum + refused, 0),
      'server CPU, s': median(measured.map((round) => round.cpu)).toFixed(2),
    };
  });
  const cpu = (name) => rounds[name].reduce((sum, round) => sum + round.cpu, 0);
  const refused = rounds.flooded.reduce((sum, round) => sum + round.refused, 0);
  console.log(
    `A refusal takes ${(((cpu('flooded') - cpu('quiet')) / refused) * 1000).toFixed(2)} ms of the server's CPU; the job takes ` +
      `${(rows[1]['the job, s'] / rows[0]['the job, s']).toFixed(2)} times as long.`,
  );
  return rows;
}
