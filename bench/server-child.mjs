// A server in a process of its own, whose engine sleeps instead of rendering: what remains is the server's own work.
// Tells its parent where it listens, the keys of as many accounts as are wanted, and when each task is started.
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../dist/app.js';
import { loadConfig } from '../dist/config.js';
import { createAdministration } from '../dist/credits/administer.js';
import { createSealing } from '../dist/credits/sealing.js';
import { openDatabase } from '../dist/database/open.js';
import { builtinModels } from '../dist/engines/builtin/models.js';

const { data, databaseUrl, seconds, accounts, slots, secretKey } = JSON.parse(process.argv[2]);
const engine = {
  name: 'sleeping',
  models: builtinModels,
  supports: () => [],
  async start({ taskId }) {
    process.send({ started: taskId, at: Date.now() });
    return { until: Date.now() + seconds * 1000 };
  },
  async status({ until }, signal) {
    await sleep(Math.min(1000, Math.max(0, until - Date.now())), undefined, { signal }).catch(() => {});
    return Date.now() < until
      ? { state: 'running', progress: 50, stage: 'rendering' }
      : { state: 'completed', files: [], warnings: [], plan: {} };
  },
  async cancel() {},
  async close() {},
};

const opened = await openDatabase({ dataDirectory: data, databaseUrl });
const administration = createAdministration(opened.database, createSealing(secretKey));
const keys = [];
while (keys.length < accounts) {
  keys.push((await administration.createAccount('pro', 100_000)).pair.clientSecret);
}
await opened.close();

const config = { ...loadConfig(), port: 0, data, databaseUrl, secretKey, log: 'error', slots };
const app = await createApp(
  { ...config, queueLimit: 100_000, tasksAtOnce: { free: 2, pro: 100_000, studio: 50 } },
  { engines: [engine] },
);
const url = await app.listen();
process.send({ url, keys });
process.on('message', () => {
  // Twice: what finalizers hold goes with the second.
  globalThis.gc();
  globalThis.gc();
  process.send({ heap: process.memoryUsage().heapUsed / 1e6 });
});
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
