import type { LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { forbiddenHosts, schemes } from '../../src/net/testing/spellings.ts';
import { asVideo } from '../support/copying-engine.ts';
import type { NativeTask } from '../support/native.ts';
import { isLong, postRoutes, startNeighbours, startWorld, type World } from './world.ts';

// No field of any dialect leads into a private network. The fields are found in the schemas: whoever adds one has it
// tried here. Packets go to loopback only: 127.0.0.2 is allowed and plays the internet, 127.0.0.1 is private.

let rebinds = 0;
vi.mock('node:dns', async (original) => {
  const dns = await original<typeof import('node:dns')>();
  type Callback = (error: Error | null, addresses: LookupAddress[]) => void;
  const lookup = (name: string, _options: object, callback: Callback) => {
    const isPrivate = name === 'private.example' || (name === 'rebind.example' && rebinds++ % 2 === 1);
    callback(null, [{ address: isPrivate ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
  };
  return { ...dns, lookup, default: { ...dns, lookup } };
});

const picture = readFileSync(new URL('../../samples/sunset.jpg', import.meta.url));

let world: World;
let neighbours: Awaited<ReturnType<typeof startNeighbours>>;
const callbacks: string[] = [];

beforeAll(async () => {
  neighbours = await startNeighbours((request, response) => {
    const { port } = neighbours;
    const to = (location: string) => response.writeHead(302, { location }).end();
    if (request.method === 'POST') callbacks.push(request.url!);
    if (request.url === '/to-literal') to(`http://127.0.0.1:${port}/secret`);
    else if (request.url === '/to-decimal') to(`http://2130706433:${port}/secret`);
    else if (request.url === '/to-name') to(`http://private.example:${port}/secret`);
    else if (request.url === '/to-rebind') to(`http://rebind.example:${port}/to-rebind`);
    else if (request.url === '/to-file') to('file:///etc/passwd');
    else response.end(request.url === '/film.mp4' ? asVideo(picture) : picture);
  });
  world = await startWorld({ allowHosts: ['127.0.0.2'] });
});
afterAll(async () => {
  await world.close();
  neighbours.close();
});

/** What a field needs beside it to be read at all; undefined leaves out. */
const company: Record<string, Record<string, unknown>> = {
  audio_url: { audio_type: 2 },
  video: { image: undefined, resolution: undefined },
};

interface Field {
  path: string;
  name: string;
  example: Record<string, unknown>;
}

/** Every field of every body, whatever it is called. */
async function allFields(): Promise<Field[]> {
  const { body: task } = await world.owner.post('/api/v1/tasks', {
    image: `${world.url}/samples/sunset.jpg`,
  });
  await world.owner.wait(task.id, 'completed');
  // Only what has a video can be remixed with another.
  const { body: sound } = await world.owner.post('/api/v1/tasks', { video: task.id });
  await world.owner.wait(sound.id, 'completed');
  return postRoutes(world.url, `http://127.0.0.2:${neighbours.port}/film.mp4`).flatMap(
    ({ path, fields, example }) =>
      Object.keys(fields).map((name) => ({
        path: path.replace('{id}', name === 'video' ? sound.id : task.id),
        name,
        example: { ...example, ...('pre_video_id' in fields && { pre_video_id: task.id }) },
      })),
  );
}

/** Whether a body with this in the field is refused, and why. */
async function refusalOf({ path, name, example }: Field, value: string): Promise<string | undefined> {
  const body = { ...example, ...company[name], [name]: value };
  const answer = await world.owner.post<Record<string, unknown>>(path, body);
  expect(answer.status, `${path} ${name} ${value}`).toBeLessThan(500);
  const { code, msg, message, detail } = answer.body;
  const isRefused = answer.status >= 400 || (path.startsWith('/api/open/') && code !== 1000);
  return isRefused ? String(detail ?? message ?? msg) : undefined;
}

const urlFields: Field[] = [];

test('no field of any body takes the address of a private machine', async () => {
  const fields = await allFields();
  const before = await world.credits();
  const spent = await world.spent();
  const secret = `http://127.0.0.1:${neighbours.port}/secret`;
  const accepted: string[] = [];
  for (const field of fields) {
    const reason = await refusalOf(field, secret);
    if (reason === undefined) accepted.push(field.name);
    else if (reason.includes('does not fetch from')) urlFields.push(field);
  }
  // What is called like one is one; a name that reads otherwise may not be one all the same.
  const named = fields.filter(({ name }) => /url$|^(image|image_tail|lastImage|video|audio)$/i.test(name));
  const ids = (list: Field[]) => list.map(({ path, name }) => `${path} ${name}`);
  const found = new Set(ids(urlFields));
  expect(ids(named).filter((id) => !found.has(id))).toEqual([]);
  expect(accepted.filter((name) => /url/i.test(name))).toEqual([]);

  let tried = 0;
  const through: string[] = [];
  const share = isLong ? 1 : urlFields.length;
  for (const [index, field] of urlFields.entries()) {
    const spellings = [
      ...forbiddenHosts.map((host) =>
        host.includes(']:') || /^[^[]*:\d+$/.test(host)
          ? `http://${host}/secret`
          : `http://${host}:${neighbours.port}/secret`,
      ),
      ...schemes.map((scheme) => `${scheme}://127.0.0.2/picture.jpg`),
    ].filter((_, place) => (place + index) % share === 0 || place % (4 * share) === 0);
    for (const spelling of spellings) {
      tried++;
      if ((await refusalOf(field, spelling)) === undefined)
        through.push(`${field.path} ${field.name} ${spelling}`);
    }
  }
  expect(through).toEqual([]);
  await world.settle();
  expect(neighbours.secretHits).toEqual([]);
  expect(before - (await world.credits())).toBe((await world.spent()) - spent);
  console.log(
    `${fields.length} fields, ${urlFields.length} of them take addresses; ${tried} forbidden spellings of ` +
      `${forbiddenHosts.length} hosts and ${schemes.length} schemes: 0 through, 0 hits on the private server`,
  );
});

test('no redirect and no name that rebinds leads there either', async () => {
  const fetched = urlFields.filter(
    ({ name, path }) => !/hook|callback/i.test(name) && !path.includes('estimate'),
  );
  const told = urlFields.filter(
    ({ name, path }) => /hook|callback/i.test(name) && !path.includes('estimate'),
  );
  expect(fetched.length).toBeGreaterThan(10);
  expect(told.length).toBeGreaterThan(4);
  await world.settle();
  const [before, spent] = [await world.credits(), await world.spent()];
  const { port } = neighbours;
  const ways = [
    ...['to-literal', 'to-decimal', 'to-name', 'to-rebind', 'to-file'].map(
      (way) => `http://127.0.0.2:${port}/${way}`,
    ),
    `http://private.example:${port}/secret`,
    `http://rebind.example:${port}/to-rebind`,
  ];
  for (const [index, field] of [...fetched, ...told].entries()) {
    const some = isLong ? ways : [ways[index % ways.length]!, ways[(index + 3) % ways.length]!];
    // A name says nothing before it is resolved: the request is taken, and the task fails.
    for (const way of some)
      expect(await refusalOf(field, way), `${field.path} ${field.name}`).toBeUndefined();
  }
  await world.settle();
  const { body } = await world.owner.get<{ items: NativeTask[] }>('/api/v1/tasks?state=failed&limit=100');
  const reasons = new Set(body.items.map(({ error }) => error?.message.replace(/\d+/g, 'N')));
  for (let wait = 0; callbacks.length < told.length && wait < 100; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(body.items.length).toBeGreaterThan(fetched.length);
  expect(callbacks.length).toBeGreaterThan(0);
  expect(neighbours.secretHits).toEqual([]);
  expect(before - (await world.credits())).toBe((await world.spent()) - spent);
  console.log(
    `${body.items.length} tasks failed and were given back, ${callbacks.length} callbacks met a redirect, ` +
      `0 hits on the private server. Reasons:\n  ${[...reasons].join('\n  ')}`,
  );
});
