// A server in a process of its own, whose engine sleeps instead of rendering: what remains is the server's own work.
// Tells its parent where it listens, and when each task is started.
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../dist/app.js';
import { loadConfig } from '../dist/config.js';
import { builtinModels } from '../dist/engines/builtin/models.js';

const [data, seconds] = process.argv.slice(2);
const engine = {
  name: 'sleeping',
  models: builtinModels,
  supports: () => [],
  async start({ taskId }) {
    process.send({ started: taskId, at: Date.now() });
    return { until: Date.now() + Number(seconds) * 1000 };
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
const app = await createApp(
  { ...loadConfig(), port: 0, data, log: 'error', tasksAtOnce: { free: 2, pro: 1_000, studio: 50 } },
  { engines: [engine] },
);
const url = await app.listen();
process.send({ url, key: app.firstKey.clientSecret });
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
