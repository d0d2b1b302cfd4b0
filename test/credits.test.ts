import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, openDataDirectory } from './support/database.ts';
import { post, startApp, waitForResult } from './support/server.ts';

test('fifty at once with credits for ten: exactly ten are made and charged', async () => {
  const data = await createDataDirectory();
  const engine = createCopyingEngine({ milliseconds: 1 });
  const first = await startApp(data.path, engine);
  const { clientSecret } = first.app.firstKey;
  await first.app.close();

  // Down to 200 credits, by the ledger like everything else.
  const opened = await openDataDirectory(data.path);
  await sql`insert into ledger (uid, task_id, entry, amount, reason)
    select uid, 'spent', 'charge', -9800, 'test' from account`.execute(opened.database);
  await opened.close();

  const tasksAtOnce = { free: 50, pro: 50, studio: 50 };
  const { app, url } = await startApp(data.path, engine, { tasksAtOnce });
  const key = { 'x-api-key': clientSecret };
  const body = {
    image_url: `${url}/samples/sunset.jpg`,
    prompt: 'x',
    resolution: '720p',
    audio_type: 3,
    video_length: 5,
  };
  const create = `${url}/api/open/v4/image2Video/createBySourcePrompt`;
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(create, body, key)));
  const codes = answers.map((answer) => answer.body.code);
  expect(codes.filter((code) => code === 1000)).toHaveLength(10);
  expect(codes.filter((code) => code === 1006)).toHaveLength(40);
  for (const answer of answers) {
    if (answer.body.code === 1000) await waitForResult(url, key, String(answer.body.data._id));
    else expect(answer.body.msg).toContain('costs 20 credits');
  }
  await app.close();

  const after = await openDataDirectory(data.path);
  const { rows } = await sql<{ credits: number; sum: number; charges: number; tasks: number }>`
    select credits, (select sum(amount)::integer from ledger) as sum,
      (select count(*)::integer from ledger where entry = 'charge' and task_id <> 'spent') as charges,
      (select count(*)::integer from task where state = 'completed') as tasks
    from account`.execute(after.database);
  expect(rows).toEqual([{ credits: 0, sum: 0, charges: 10, tasks: 10 }]);
  await after.close();
  await data.remove();
});
