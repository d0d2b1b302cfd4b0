import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeTinyModel } from './support/onnx.ts';

// The program as it was built, as a shell sees it: exit code, stdout, stderr, files.

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const sample = fileURLToPath(new URL('../samples/stream.jpg', import.meta.url));

let directory: string;
/** Where the program keeps what it works on. */
let temporary: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stillroar-cli-'));
  temporary = join(directory, 'temporary');
  await mkdir(temporary);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function start(args: string[], stdin: 'ignore' | 'pipe' = 'ignore') {
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(STILLROAR_|COMFYUI_|DATABASE_URL)/.test(name),
  );
  return spawn(process.execPath, [cli, ...args], {
    cwd: directory,
    env: { ...Object.fromEntries(environment), TMPDIR: temporary },
    stdio: [stdin, 'pipe', 'pipe'],
  });
}

/** Runs it to its end. */
async function stillroar(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(args);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout!), text(child.stderr!), ended]);
  return { code, out, err };
}

describe('what a shell relies on', () => {
  test('stdout is the path of the result and nothing else, and the file says what it was made with', async () => {
    const words = ['-p', 'pan left, gulls cry', '-s', '1', '--seed', '5'];
    const made = await stillroar('animate', sample, ...words, '-o', 'a.mp4');
    expect(made).toEqual({ code: 0, out: 'a.mp4\n', err: '' });
    expect((await stat(join(directory, 'a.mp4'))).size).toBeGreaterThan(10_000);

    const shown = await stillroar('inspect', 'a.mp4');
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/^picture +h264, 1082 × 720, 24\.00 frames a second, 1\.00 s$/m);
    expect(shown.out).toMatch(/^prompt +pan left, gulls cry$/m);
    expect(shown.out).toMatch(/^seed +5$/m);
    const { made: settings, audio } = JSON.parse((await stillroar('inspect', 'a.mp4', '--json')).out);
    expect(audio.codec).toBe('aac');
    expect(settings).toMatchObject({ kind: 'image-to-video', input: { seconds: 1 }, seed: 5 });
  });

  test('--json is one object for each result', async () => {
    const { code, out } = await stillroar(
      'animate',
      sample,
      '-s',
      '1',
      '--audio',
      'none',
      '-o',
      'b.mp4',
      '--json',
    );
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ path: 'b.mp4', width: 1082, height: 720, durationSeconds: 1 }]);
  });

  test.each([
    ['an unknown command', ['animat'], 2, 'Did you mean animate?'],
    ['an unknown option', ['animate', sample, '--promt', 'x'], 2, 'Did you mean --prompt?'],
    ['a value that is none', ['animate', sample, '-s', 'long'], 2, 'whole number from 1 to 60'],
    ['a missing picture', ['animate', 'none.jpg', '-p', 'x'], 1, 'There is no picture at none.jpg.'],
    [
      'an unknown effect',
      ['animate', sample, '--effect', 'squish_8924423131'],
      1,
      'Did you mean squish_89244231312?',
    ],
    ['a file that is no video', ['inspect', sample], 1, 'is no video or sound that can be read.'],
    [
      'a server that is no address',
      ['jobs', 'list', '--url', 'banana'],
      2,
      'It must be a URL such as https://',
    ],
    [
      'a server that nobody runs',
      ['jobs', 'list', '--url', 'http://127.0.0.1:2', '--key', 'k'],
      1,
      'ECONNREFUSED',
    ],
    ['a backup that is not there', ['restore', 'none.backup'], 1, 'There is no backup at none.backup.'],
    ['a server without a key', ['jobs', 'list'], 1, '--key or STILLROAR_API_KEY'],
  ])('%s: nothing on stdout, a sentence on stderr, and the exit code', async (_, args, code, sentence) => {
    const result = await stillroar(...args);
    expect(result.code).toBe(code);
    expect(result.out).toBe('');
    expect(result.err).toContain(sentence);
    expect(result.err).not.toContain('    at ');
  });

  test('interrupted it ends with 130 and leaves no file', async () => {
    const before = (await readdir(temporary)).length;
    const child = start(['animate', sample, '-p', 'push in', '-r', '4k', '-s', '10', '-o', 'c.mp4']);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    // The work, which takes minutes, begins with a directory of its own.
    await expect
      .poll(async () => (await readdir(temporary)).length, { timeout: 60_000 })
      .toBeGreaterThan(before);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    await expect(stat(join(directory, 'c.mp4'))).rejects.toThrow('ENOENT');
  });
});

describe('doctor', () => {
  test('makes a second of video, finds everything right, and leaves nothing behind', async () => {
    const { code, out } = await stillroar('doctor', '--data', 'new');
    console.log(out);
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(0, 24).trim()),
    ).toEqual(['ok      engine builtin', 'ok      depth model', 'ok      database', 'ok      storage']);
    await expect(stat(join(directory, 'new'))).rejects.toThrow('ENOENT');
  });

  test('says what is wrong and what to do', async () => {
    const { code, out, err } = await stillroar(
      ...['doctor', '--json', '--data', sample, '--comfyui-url', 'http://127.0.0.1:9'],
    );
    console.log(out);
    expect(code).toBe(1);
    const findings = JSON.parse(out) as { name: string; ok: boolean; detail: string }[];
    expect(findings.map(({ name, ok }) => [name, ok])).toEqual([
      ['engine builtin', true],
      ['depth model', true],
      ['engine comfyui', false],
      ['database', false],
      ['storage', false],
    ]);
    expect(findings[2]!.detail).toContain('No ComfyUI server answers: see that one runs at COMFYUI_URL.');
    expect(findings[3]!.detail).toContain('STILLROAR_DATA');
    expect(err).toContain('Not right: engine comfyui, database, storage.');
  });
});

describe('a depth model in the data directory', () => {
  const models = () => join(directory, 'data', 'models');
  const file = () => join(models(), 'depth-anything-v2-small.onnx');

  test('is listed, looked at by doctor, and used', async () => {
    expect((await stillroar('models')).out).toContain(
      'stillroar models pull depth fetches depth-anything-v2-small',
    );
    await mkdir(models(), { recursive: true });
    await writeFile(file(), encodeTinyModel({ weights: [1, 1, 1] }));
    const listed = (await stillroar('models', '--json')).out.trimEnd().split('\n');
    expect(JSON.parse(listed.at(-1)!)).toMatchObject({ name: 'depth', licence: 'Apache-2.0', path: file() });
    const { code, out } = await stillroar('doctor');
    expect(out).toMatch(/^ok +depth model +\S+: a picture in [\d.]+ s by onnxruntime-(node|web)$/m);
    expect(code).toBe(0);
    const made = await stillroar('animate', sample, '-s', '1', '--audio', 'none', '-o', 'deep.mp4');
    expect(made).toEqual({ code: 0, out: 'deep.mp4\n', err: '' });
  });

  test('that is broken is named by doctor, and costs no video', async () => {
    await writeFile(file(), 'a page that says 404');
    const { code, out } = await stillroar('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/^FAILED +depth model +\S+ is of no use: its file is not an ONNX model/m);
    const made = await stillroar('animate', sample, '-s', '1', '--audio', 'none', '-o', 'flat.mp4');
    expect(made).toMatchObject({ code: 0, out: 'flat.mp4\n' });
    expect(made.err).toContain('Note: The depth model could not be used: its file is not an ONNX model');
  });

  test('is fetched by name only', async () => {
    const { code, err } = await stillroar('models', 'pull', 'width');
    expect(code).toBe(2);
    expect(err).toContain('Allowed choices are depth.');
  });
});

test('every command says what it is for', async () => {
  const { out } = await stillroar('--help');
  const names = [...out.matchAll(/^ {2}([a-z-]+)(?: \[| <| {2})/gm)].map(([, name]) => name);
  for (const name of [
    'serve',
    'worker',
    'animate',
    'foley',
    'imagine',
    'plan',
    'inspect',
    'doctor',
    'jobs',
  ]) {
    expect(names).toContain(name);
  }
  const readme = await readFile(new URL('../docs/api.md', import.meta.url), 'utf8');
  expect(readme).toContain('stillroar doctor');
});
