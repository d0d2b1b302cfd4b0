import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCopyingEngine } from '../support/copying-engine.ts';
import { createEmbeddedDirectory } from '../support/database.ts';
import { createNativeCaller } from '../support/native.ts';
import { startApp, startFileServer } from '../support/server.ts';
import { faultPoints } from './fault-points.mjs';

test('a task that is made, done and told of comes by every fault point', async () => {
  const data = await createEmbeddedDirectory();
  const hook = await startFileServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end());
  });
  const query = vi.spyOn(pg.Client.prototype, 'query');
  onTestFinished(() => query.mockRestore());
  const { app, url } = await startApp(data.path, createCopyingEngine());
  const caller = createNativeCaller(url, { authorization: `Bearer ${app.firstKey.clientSecret}` });
  const task = await caller.post('/api/v1/tasks', {
    image: `${url}/samples/sunset.jpg`,
    prompt: 'x',
    webhookUrl: hook.url,
  });
  await caller.wait(task.body.id, 'completed');
  const texts = () =>
    query.mock.calls.map(([given]: unknown[]) =>
      typeof given === 'string' ? given : String((given as { text?: unknown }).text),
    );
  await vi.waitFor(() => expect(texts().some((text) => text.includes('"delivery_attempt"'))).toBe(true));
  await app.close();
  await hook.close();
  await data.remove();

  const passed = Object.entries(faultPoints).filter(([, { statement, following }]) => {
    const since = following ? texts().findIndex((text) => following.test(text)) : 0;
    return (
      since >= 0 &&
      texts()
        .slice(since)
        .some((text) => statement.test(text))
    );
  });
  expect(passed.map(([name]) => name)).toEqual(Object.keys(faultPoints));
});
