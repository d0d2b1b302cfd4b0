import { spawn } from 'node:child_process';
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { createClient } from '../src/client/index.ts';
import { createCopyingEngine } from './support/copying-engine.ts';
import { createDataDirectory } from './support/database.ts';
import { startApp } from './support/server.ts';

// The commands as a shell sees them, here and against a server; exit codes and suggestions stand in
// command-line.test.ts, accounts and keys in accounts.test.ts, the tools for language models in mcp.test.ts.

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const samples = fileURLToPath(new URL('../samples/', import.meta.url));

let data: Awaited<ReturnType<typeof createDataDirectory>>;
let app: App;
let url: string;
let directory: string;
beforeAll(async () => {
  data = await createDataDirectory();
  ({ app, url } = await startApp(data.path, createCopyingEngine({ milliseconds: 300 })));
  directory = join(data.path, 'shell');
  await mkdir(join(directory, 'pictures'), { recursive: true });
  for (const [from, to] of [
    ['sunset.jpg', 'b.jpg'],
    ['stream.jpg', 'a.jpeg'],
  ] as const) {
    await copyFile(join(samples, from), join(directory, 'pictures', to));
  }
  await writeFile(join(directory, 'pictures', 'broken.png'), 'no picture');
  await writeFile(join(directory, 'pictures', 'notes.txt'), 'no picture either');
});
afterAll(async () => {
  await app.close();
  await data.remove();
});

/** Runs it to its end. */
async function stillroar(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('STILLROAR_'));
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: directory,
    env: { ...Object.fromEntries(environment), STILLROAR_API_KEY: app.firstKey.clientSecret },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout!), text(child.stderr!), ended]);
  return { code, out, err };
}

const lines = (output: string): string[] => output.trimEnd().split('\n');

describe('here, without a server', () => {
  test('a folder becomes a folder of videos; what is no picture is told and does not hold up the rest', async () => {
    const short = ['-p', 'push in', '-s', '3', '--audio', 'none', '--fps', '12'];
    const { code, out, err } = await stillroar('animate', 'pictures', ...short, '-d', 'out');
    console.log(err);
    expect(lines(out)).toEqual([join('out', 'a.mp4'), join('out', 'b.mp4')]);
    expect(lines(err)).toEqual([
      expect.stringMatching(/^broken\.png: .*picture/),
      'stillroar: 1 of 3 could not be made.',
    ]);
    expect(code).toBe(1);
    expect(await readdir(join(directory, 'out'))).toEqual(['a.mp4', 'b.mp4']);
  });

  test('foley gives a video sound and leaves its picture as it is', async () => {
    const from = join('out', 'a.mp4');
    const made = await stillroar('foley', from, '-p', 'heavy rain', '--music', 'calm piano', '--seed', '3');
    const path = join('out', 'a.sound.mp4');
    expect(made).toEqual({ code: 0, out: `${path}\n`, err: '' });
    const [before, after] = [
      await stillroar('inspect', from, '--json'),
      await stillroar('inspect', path, '--json'),
    ].map(({ out }) => JSON.parse(out));
    expect(before.audio).toBeNull();
    expect(after.audio.codec).toBe('aac');
    expect(after.video).toEqual(before.video);
  });

  test('imagine makes a video from words', async () => {
    const words = ['a calm sea at dusk, waves', '-s', '1', '--aspect', '1:1', '--audio', 'none'];
    expect(await stillroar('imagine', ...words, '-o', 'sea.mp4')).toEqual({
      code: 0,
      out: 'sea.mp4\n',
      err: '',
    });
    expect((await stillroar('inspect', 'sea.mp4')).out).toMatch(/^picture +h264, 720 × 720/m);
  });

  test('models, effects and plan say what there is and what words would make', async () => {
    expect((await stillroar('models', 'list')).out).toMatch(/^builtin-fast +720p 1080p 4k, 5 or 10 s/);
    expect((await stillroar('effects')).out).toContain('squish_89244231312');
    const { out } = await stillroar('plan', 'pan left, gulls cry', '--json');
    const { picture, sound } = JSON.parse(out);
    expect(picture.moves.length).toBeGreaterThan(0);
    expect(sound.layers.length).toBeGreaterThan(0);
  });

  test.each([
    ['an empty folder', ['animate', 'empty'], 'There is no picture in empty.'],
    ['a pattern that fits nothing', ['animate', 'pictures/*.webp'], 'There is no picture in pictures.'],
    [
      'two results at one place',
      ['animate', 'pictures/b.jpg', 'b.png', '-d', 'out'],
      'pictures/b.jpg and b.png would both be written to',
    ],
    ['one name for several results', ['animate', 'pictures', '-o', 'x.mp4'], '-o names one file'],
    [
      'a video for foley that is a folder without any',
      ['foley', 'pictures'],
      'There is no video in pictures.',
    ],
  ])('%s is refused before anything is made', async (_, args, sentence) => {
    await mkdir(join(directory, 'empty'), { recursive: true });
    await copyFile(join(samples, 'sunset.jpg'), join(directory, 'b.png'));
    const { code, out, err } = await stillroar(...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(sentence);
    await expect(stat(join(directory, 'x.mp4'))).rejects.toThrow('ENOENT');
  });
});

describe('by a server', () => {
  const server = () => ['--url', url];

  test('a pattern becomes videos that the server made, and their tasks are listed', async () => {
    const made = await stillroar('animate', 'pictures/?.jp*g', '-d', 'remote', '-p', 'by shell', ...server());
    expect(lines(made.out).sort()).toEqual([join('remote', 'a.mp4'), join('remote', 'b.mp4')]);
    expect([made.code, made.err]).toEqual([0, '']);
    const listed = await stillroar('jobs', 'list', '--json', ...server());
    const tasks = lines(listed.out).map((line) => JSON.parse(line));
    expect(tasks.map(({ state, input }) => [state, input.prompt])).toEqual([
      ['completed', 'by shell'],
      ['completed', 'by shell'],
    ]);
    expect((await stillroar('jobs', 'list', ...server())).out).toContain(tasks[0].id);
    const ended = await stillroar('jobs', 'cancel', tasks[0].id, ...server());
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining('it is completed')]);
    expect((await stillroar('models', 'list', ...server())).out).toContain('builtin-fast');
  });

  test('jobs cancel ends a task and gives its credits back', async () => {
    const other = await createDataDirectory();
    const slow = await startApp(other.path, createCopyingEngine({ milliseconds: 60_000 }));
    const key = slow.app.firstKey.clientSecret;
    const client = createClient({ baseUrl: slow.url, apiKey: key });
    const before = (await client.account()).credits;
    const { id } = await client.animate({ image: `${slow.url}/samples/sunset.jpg` });
    expect(await stillroar('jobs', 'cancel', id, '--url', slow.url, '--key', key)).toEqual({
      code: 0,
      out: `${id} cancelled\n`,
      err: '',
    });
    expect((await client.account()).credits).toBe(before);
    await slow.app.close();
    await other.remove();
  });

  test('foley and imagine take the same flags there, and --json prints the task', async () => {
    const { out, err } = await stillroar('foley', join('out', 'a.mp4'), '-p', 'rain', '--json', ...server());
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ task: { kind: 'video-to-audio', state: 'completed' } });
    await rm(join(directory, 'sea.mp4'), { force: true });
    const sea = await stillroar('imagine', 'a calm sea', '-o', 'sea.mp4', ...server());
    expect([sea.code, sea.out]).toEqual([0, 'sea.mp4\n']);
    const long = await stillroar('imagine', 'a calm sea', '-s', '7', ...server());
    expect([long.code, long.err]).toEqual([1, expect.stringContaining('5 or 10 seconds')]);
  });
});
