import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory, openDataDirectory } from './support/database.ts';
import { post, startApp, waitForResult } from './support/server.ts';

const settings = { publicUrl: 'http://stillroar.example' };

test('after the retention the file is gone, and the entry says so; what no task knows is swept too', async () => {
  const data = await createDataDirectory();
  const first = await startApp(data.path, createCopyingEngine(), { ...settings, retention: 1 });
  const key = { 'x-api-key': first.app.firstKey.clientSecret };
  const { body } = await post(
    `${first.app.address()}/api/open/v4/image2Video/createBySourcePrompt`,
    {
      image_url: 'http://stillroar.example/samples/sunset.jpg',
      prompt: 'x',
      resolution: '720p',
      audio_type: 3,
      video_length: 5,
    },
    key,
  );
  const made = await waitForResult(first.app.address(), key, String(body.data._id));
  const path = new URL(String(made.video_url)).pathname;
  expect((await fetch(first.app.address() + path, { method: 'HEAD' })).status).toBe(200);
  expect(made).not.toHaveProperty('expired');
  await first.app.close();

  // A file that a process left behind two hours ago, and one that is being completed now.
  const old = join(data.path, 'files', 'aa', `${'a'.repeat(32)}.mp4`);
  const fresh = join(data.path, 'files', 'aa', `${'a'.repeat(31)}b.mp4`);
  await mkdir(join(data.path, 'files', 'aa'), { recursive: true });
  for (const file of [old, fresh]) await writeFile(file, 'x');
  const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(old, twoHoursAgo, twoHoursAgo);
  await new Promise((resolve) => setTimeout(resolve, 1_000));

  // On PostgreSQL another process may have swept a moment ago: a minute passes for the chores.
  const opened = await openDataDirectory(data.path);
  await opened.database.deleteFrom('chore').execute();
  await opened.close();
  const second = await startApp(data.path, createCopyingEngine(), settings);
  const address = second.app.address();
  for (;;) {
    const entry = await waitForResult(address, key, String(body.data._id));
    if (entry.expired) {
      expect(entry).toMatchObject({ status: 3, expired: true, video_url: '', cover_url: '', error_msg: '' });
      expect(entry.deduction_credit).toBe(20);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect((await fetch(address + path)).status).toBe(404);
  while (existsSync(old)) await new Promise((resolve) => setTimeout(resolve, 50));
  const left = await readdir(join(data.path, 'files'), { recursive: true });
  expect(left.filter((name) => /\.\w+$/.test(name))).toEqual([join('aa', `${'a'.repeat(31)}b.mp4`)]);

  const refused = await post(
    `${address}/api/open/v4/image2Video/updateVideoAudio`,
    { pre_video_id: body.data._id, audio_type: 1 },
    key,
  );
  expect(refused.body).toMatchObject({ code: 1003, msg: expect.stringContaining('its task is expired') });
  const deleted = await post(`${address}/api/open/v4/image2Video/delbyids`, { _ids: body.data._id }, key);
  expect(deleted.body.data).toEqual({ successIds: [body.data._id], noPermissionItems: [] });
  await second.app.close();
  await data.remove();
});
