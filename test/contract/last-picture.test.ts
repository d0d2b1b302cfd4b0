import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createBuiltinEngine } from '../../src/engines/builtin/index.ts';
import { decodeVideo } from '../../src/media/decode-video.ts';
import { convertToRgb } from '../../src/picture/render/planes.ts';
import { createDataDirectory } from '../support/database.ts';
import { post, startApp, startFileServer, waitForResult } from '../support/server.ts';
import { similarity } from '../support/similarity.ts';
import { batchRequest } from './akool-samples.ts';

// The published batch sample with its last picture, rendered by the real engine.

const first = await readFile(new URL('../../samples/sunset.jpg', import.meta.url));
const last = await readFile(new URL('../../samples/stream.jpg', import.meta.url));

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let files: Awaited<ReturnType<typeof startFileServer>>;
let app: App;
let url: string;

beforeAll(async () => {
  data = await createDataDirectory();
  files = await startFileServer((request, response) => {
    response.end(request.url?.includes('last-frame') ? last : first);
  });
  ({ app, url } = await startApp(data.path, createBuiltinEngine()));
});
afterAll(async () => {
  await app.close();
  await files.close();
  await data.remove();
});

test('the built-in engine ends the video of the published batch sample on last_image_url', async () => {
  const key = { 'x-api-key': app.firstKey.clientSecret };
  const request = JSON.parse(JSON.stringify(batchRequest).replaceAll('{{files}}', files.url)) as object;
  const { body } = await post(`${url}/api/open/v4/image2Video/createBySourcePrompt/batch`, request, key);
  expect([body.code, body.msg]).toEqual([1000, 'OK']);
  const items = body.data.successList as { _id: string }[];
  expect(items).toHaveLength(3);
  const entries = await Promise.all(items.map(({ _id }) => waitForResult(url, key, _id)));
  expect(entries.map(({ status }) => status)).toEqual([3, 3, 3]);
  const video = new Uint8Array(await (await fetch(String(entries[1]!.video_url))).arrayBuffer());
  let opening: Uint8Array | undefined;
  let ending = new Uint8Array();
  let size = { width: 0, height: 0 };
  for await (const frame of decodeVideo(video)) {
    size = { width: frame.width, height: frame.height };
    ending = convertToRgb(frame) as Uint8Array<ArrayBuffer>;
    opening ??= ending;
  }
  const start = await similarity(opening!, size.width, size.height, first);
  const end = await similarity(ending, size.width, size.height, last);
  console.log(
    `PSNR against the given pictures: first frame ${start.toFixed(1)} dB, last ${end.toFixed(1)} dB`,
  );
  expect(start).toBeGreaterThan(35);
  expect(end).toBeGreaterThan(35);
});
