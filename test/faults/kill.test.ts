import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createDataDirectory, openDataDirectory } from '../support/database.ts';
import { post, startFileServer } from '../support/server.ts';

// The program as it was built, killed by SIGKILL at random moments while it takes and does work.

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const KILLS = 3;
/** Tasks that are made in each life of the server. */
const ONE_LIFE = 1;
/** A port that nobody uses: the server keeps it from life to life, so that its URLs stay. */
const files = await startFileServer(() => {});
const { url, port } = files;
await files.close();
const apiKey = 'kill'.repeat(6);
const key = { 'x-api-key': apiKey };
const suite = `${url}/api/open/v4/image2Video`;

async function startServer(data: string) {
  const child = spawn(process.execPath, [cli, 'serve'], {
    cwd: data,
    env: {
      ...process.env,
      STILLROAR_DATA: data,
      STILLROAR_PORT: String(port),
      STILLROAR_LOG: 'error',
      STILLROAR_API_KEY: apiKey,
      STILLROAR_TASKS_AT_ONCE: 'pro=1000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error('The server did not start.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

test('killed at random, it loses nothing that it acknowledged, charges nothing twice, and tells everything', async () => {
  const data = await createDataDirectory();
  const told = new Map<string, Set<string>>();
  const hook = await startFileServer((request, response) => {
    const id = String(request.headers['webhook-id']);
    const task = request.url!.slice(1);
    told.set(task, (told.get(task) ?? new Set()).add(id));
    request.resume().on('end', () => response.writeHead(204).end());
  });
  onTestFinished(() => hook.close());
  const acknowledged: { name: string; id: string }[] = [];
  let made = 0;

  for (let kill = 0; kill <= KILLS; kill++) {
    const child = await startServer(data.path);
    onTestFinished(() => void child.kill('SIGKILL'));
    if (kill === KILLS) {
      // The last one lives until everything has ended.
      const ids = acknowledged.map(({ id }) => id).join(',');
      for (;;) {
        const { body } = await post(`${suite}/resultsByIds`, { _ids: ids }, key);
        const result = body.data.result!;
        expect(result).toHaveLength(acknowledged.length);
        if (result.every(({ status }) => Number(status) >= 3)) {
          // A task that was running at three kills has been given up.
          const failures = result.filter(({ status }) => status === 4).map(({ error_msg }) => error_msg);
          for (const reason of failures) expect(reason).toContain('stopped 3 times');
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      while (told.size < acknowledged.length || [...told.values()].some((ids) => ids.size < 2)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      child.kill('SIGTERM');
      await once(child, 'exit');
      break;
    }
    const alive = AbortSignal.timeout(300 + Math.floor(Math.random() * 700));
    alive.addEventListener('abort', () => child.kill('SIGKILL'));
    const exited = once(child, 'exit');
    while (!alive.aborted && made < (kill + 1) * ONE_LIFE) {
      const name = `task-${made++}`;
      const body = {
        image_url: `${url}/samples/sunset.jpg`,
        prompt: 'x',
        resolution: '720p',
        audio_type: 3,
        video_length: 5,
        webhookurl: `${hook.url}/${name}`,
      };
      const answer = await post(`${suite}/createBySourcePrompt`, body, key).catch(() => undefined);
      if (answer?.body.code === 1000) acknowledged.push({ name, id: String(answer.body.data._id) });
    }
    await exited;
  }

  const opened = await openDataDirectory(data.path);
  const { rows } = await sql<Record<string, number>>`
    select credits, (select sum(amount)::integer from ledger) as sum,
      (select count(*)::integer from task) as tasks,
      (select count(*)::integer from task where state not in ('completed', 'failed')) as open,
      (select count(*)::integer from (select task_id from ledger where entry = 'charge' group by task_id
        having count(*) > 1) twice) as charged_twice,
      (select count(*)::integer from ledger where entry = 'charge') as charges,
      (select 10000 - 20 * count(*)::integer from task where state = 'completed') as expected
    from account`.execute(opened.database);
  await opened.close();
  const [row] = rows;
  console.log(
    `${KILLS} kills, ${acknowledged.length} acknowledged of ${made} sent, ${row!.tasks} tasks: 0 lost, ` +
      `${row!.charged_twice} charged twice, ${row!.open} left open`,
  );
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(row).toMatchObject({
    open: 0,
    charged_twice: 0,
    charges: row!.tasks,
    sum: row!.credits,
    expected: row!.credits,
  });
  await data.remove();
});
