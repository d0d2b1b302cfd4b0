// A node of a cluster in a process of its own: `node.mjs serve` answers, `node.mjs work` works, as the built program
// does. Its engine stands for one on another machine: work that it has begun goes on when this process dies, and any
// process may ask for it. Settings come from the environment; its parent may send it a fault point.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createApp } from '../../dist/app.js';
import { loadConfig } from '../../dist/config.js';
import { builtinModels } from '../../dist/engines/builtin/models.js';
import { armFaultPoint, watchStatements } from './fault-points.mjs';

const { TEST_WORK_MILLISECONDS = '300' } = process.env;
const config = loadConfig();
const remote = join(config.data, 'remote');
mkdirSync(remote, { recursive: true });

pg.Client.prototype.query = watchStatements(pg.Client.prototype.query);
process.on('message', ({ faultPoint }) => {
  armFaultPoint(faultPoint);
  process.send({ armed: faultPoint });
});

const engine = {
  name: 'remote',
  models: builtinModels,
  supports: () => [],
  async start({ taskId }) {
    appendFileSync(join(remote, 'starts'), `${taskId}\n`);
    const file = join(remote, `${taskId}.mp4`);
    writeFileSync(
      file,
      Buffer.concat([Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1'), Buffer.alloc(50_000)]),
    );
    return { file, began: Date.now() };
  },
  async status({ file, began }, signal) {
    const rest = began + Number(TEST_WORK_MILLISECONDS) - Date.now();
    await sleep(Math.min(200, Math.max(0, rest)), undefined, { signal }).catch(() => {});
    if (rest > 0) return { state: 'running', progress: 50, stage: 'rendering' };
    const video = { kind: 'video', path: file, contentType: 'video/mp4', durationSeconds: 5 };
    return { state: 'completed', files: [video], warnings: [], plan: {} };
  },
  async cancel() {},
  async close() {},
};

const app = await createApp(config, { engines: [engine] });
if (process.argv[2] === 'work') await app.work();
else await app.listen();
process.send({ url: app.address(), key: app.firstKey.clientSecret });
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
// Whoever started it has gone.
process.on('disconnect', () => process.exit(1));
