import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

// The package as npm would publish it, in an empty folder. Nothing is fetched: the tarball is unpacked where an
// installation would put it, and the packages that it depends on, and no others, are links to those of this checkout.

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
/** Real videos are made; on a busy machine that takes a while. */
const PATIENCE = 600_000;

let folder: string;
let installed: string;
let cli: string;
let packed: { filename: string; size: number; files: { path: string }[] };

async function link(name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(modules, name), place, 'junction');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillroar-packed-'));
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await run('npm', words, {
    cwd: root,
    maxBuffer: 10_000_000,
    shell: process.platform === 'win32',
  });
  [packed] = JSON.parse(stdout) as [typeof packed];
  installed = join(folder, 'node_modules', 'stillroar');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(folder, packed.filename), '--strip-components=1', '-C', installed]);
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies)) await link(name);
  cli = join(installed, manifest.bin.stillroar);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
}, PATIENCE);
afterAll(() => rm(folder, { recursive: true, force: true }));

const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(STILLROAR_|COMFYUI_|DATABASE_URL)/.test(name)),
);

async function node(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, args, { cwd: folder, env: environment });
  return stdout;
}

/** What the program itself says of a video. */
async function inspect(path: string) {
  return JSON.parse(await node(cli, 'inspect', path, '--json'));
}

/** `stillroar serve`, on a free port. */
async function serve(): Promise<{ url: string; key: string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--data', 'data', '--log', 'error'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    url ||= /listens on (\S+)/.exec(line)?.[1] ?? '';
    const key = /API key +(\S+)/.exec(line)?.[1];
    if (key) return { url, key };
  }
  throw new Error('The server ended before it listened.');
}

test('has what it needs, and nothing that only its makers do', async () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths.filter((path) => /\.test\.|^(test|src|bench|studio)\//.test(path))).toEqual([]);
  for (const path of ['LICENSE', 'NOTICE', 'README.md', 'dist/cli.js', 'samples/sunset.jpg'])
    expect(paths).toContain(path);
  const client = join(installed, 'dist', 'client');
  const names = (await readdir(client)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(join(client, name))));
  const bytes = gzipSync(Buffer.concat(texts)).length;
  console.log(`${packed.size} bytes packed, ${paths.length} files; the client alone ${bytes} bytes`);
  expect(bytes).toBeLessThan(30_000);
});

test(
  'makes a video by the command line',
  async () => {
    const sample = join(installed, 'samples', 'sunset.jpg');
    const words = ['-p', 'slow push in, waves', '-s', '1', '-o', 'by-command.mp4'];
    expect(await node(cli, 'animate', sample, ...words)).toBe('by-command.mp4\n');
    expect((await inspect('by-command.mp4')).video).toMatchObject({
      codec: 'h264',
      width: 1080,
      height: 720,
    });
  },
  PATIENCE,
);

test(
  'makes a video by the client, and through both ways for language models',
  async () => {
    const { url, key } = await serve();
    const script = `
      import { createClient } from 'stillroar/client';
      const [baseUrl, apiKey] = process.argv.slice(2);
      const client = createClient({ baseUrl, apiKey });
      const image = baseUrl + '/samples/sunset.jpg';
      const { id } = await client.animate({ image, prompt: 'slow push in', audio: 'none', fps: 12 });
      console.log(await client.download(await client.wait(id), 'by-client.mp4'));
    `;
    await writeFile(join(folder, 'make.js'), script);
    expect(await node('make.js', url, key)).toBe('by-client.mp4\n');
    expect((await inspect('by-client.mp4')).made).toMatchObject({ input: { prompt: 'slow push in' } });

    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: 'animate_image',
        arguments: { image: `${url}/samples/sunset.jpg`, prompt: 'pan left', audio: 'none' },
      },
    };
    const child = spawn(process.execPath, [cli, 'mcp', '--url', url, '--key', key], {
      cwd: folder,
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.write(`${JSON.stringify(call)}\n`);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const answer = JSON.parse((await lines.next()).value);
    child.stdin.end();
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify(call),
    });
    for (const { result } of [answer, await response.json()]) {
      const link = result.content.find(({ type }: { type: string }) => type === 'resource_link');
      const video = await fetch(link.uri);
      await writeFile(join(folder, 'by-model.mp4'), new Uint8Array(await video.arrayBuffer()));
      expect((await inspect('by-model.mp4')).made).toMatchObject({ input: { prompt: 'pan left' } });
    }
  },
  PATIENCE,
);

test('the AI SDK’s provider is there for those who have its package, and nothing else looks for it', async () => {
  await link('@ai-sdk/provider');
  await writeFile(join(folder, 'provider.js'), `console.log(Object.keys(await import('stillroar/ai-sdk')));`);
  expect(await node('provider.js')).toContain('createStillroar');
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  expect(manifest.peerDependenciesMeta).toEqual({ '@ai-sdk/provider': { optional: true } });
  const scripts = packed.files.map(({ path }) => path).filter((path) => path.endsWith('.js'));
  const users = [];
  for (const path of scripts) {
    const text = await readFile(join(installed, path), 'utf8');
    if (/from '@ai-sdk\/provider'/.test(text)) users.push(path);
  }
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((path) => !path.startsWith('dist/ai-sdk/'))).toEqual([]);
});

test('TypeScript takes what the server takes, and refuses a wrong resolution', async () => {
  const write = (name: string, resolution: string) =>
    writeFile(
      join(folder, name),
      `import { createClient } from 'stillroar/client';
       const client = createClient({ baseUrl: 'http://localhost:8080', apiKey: 'x' });
       export const task = client.animate({ image: 'x', resolution: '${resolution}', seconds: 10 });`,
    );
  await write('right.ts', '1080p');
  await write('wrong.ts', '8k');
  const check = (name: string) =>
    node(
      join(modules, 'typescript', 'bin', 'tsc'),
      ...['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023,dom', name],
    );
  expect(await check('right.ts')).toBe('');
  const refused = (await check('wrong.ts').catch((error: unknown) => error)) as { stdout: string };
  expect(refused.stdout).toMatch(/wrong\.ts\(3,\d+\): error TS2322: Type '"8k"' is not assignable/);
});
