// Where no container engine runs: does what the Dockerfile says, instruction by instruction, in empty directories, with the
// Node that it names; starts the result as a user who owns nothing but its data, and lets it make a video. What it cannot
// show is the base image itself. Needs Linux, root (to become somebody else) and the package registry.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installNode24 } from './node-24.mjs';

const repository = fileURLToPath(new URL('..', import.meta.url));
/** Owns nothing on this machine. */
const NOBODY = 65_534;
const PORT = 18_080;
const KEY = 'only-for-this-one-trial.';

const root = mkdtempSync(join(tmpdir(), 'stillroar-image-'));
chmodSync(root, 0o755);
const node = installNode24();
const path = `${dirname(node)}:${process.env.PATH}`;

/** The instructions of the Dockerfile, as [name, rest], with continued lines joined. */
const instructions = readFileSync(join(repository, 'Dockerfile'), 'utf8')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => /^(\w+) (.*)$/.exec(line).slice(1));

/** What would be sent to a container engine: what git knows, with what has changed. */
function listContext() {
  const list = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  const ignored = readFileSync(join(repository, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  return list.stdout
    .split('\n')
    .filter((file) => file && !ignored.some((name) => file === name || file.startsWith(`${name}/`)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const stages = [];
for (const [name, rest] of instructions) {
  const stage = stages.at(-1);
  const inStage = (file) => join(stage.root, file.startsWith('/') ? file : join(stage.directory, file));
  if (name === 'FROM') {
    const [image, , as] = rest.split(' ');
    if (!/^node:24\b/.test(image)) fail(`This trial has Node 24, and the Dockerfile says ${image}.`);
    stages.push({ name: as, root: join(root, as ?? 'image'), directory: '/', env: {} });
  } else if (name === 'WORKDIR') {
    stage.directory = rest;
    mkdirSync(inStage('.'), { recursive: true });
  } else if (name === 'ENV') {
    for (const [, variable, value] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[variable] = value;
  } else if (name === 'COPY') {
    const [, from, files] = /^(?:--from=(\w+) )?(.*)$/.exec(rest);
    const paths = files.split(' ');
    const to = paths.pop();
    const source = from ? stages.find((known) => known.name === from).root : repository;
    for (const file of paths) {
      const parts = file === '.' ? listContext() : [file];
      for (const part of parts) {
        const target =
          file === '.' || to.endsWith('/') ? join(to, file === '.' ? part : part.split('/').at(-1)) : to;
        cpSync(join(source, part), inStage(target), { recursive: true, verbatimSymlinks: true });
      }
    }
  } else if (name === 'RUN') {
    console.log(`RUN ${rest}`);
    // The image's own root is this stage's directory.
    const command = rest
      .replaceAll(/(?<=\s)\/data\b/g, join(stage.root, 'data'))
      .replaceAll('node:node', `${NOBODY}:${NOBODY}`);
    const { status } = spawnSync('sh', ['-ec', command], {
      cwd: inStage('.'),
      stdio: 'inherit',
      env: { ...process.env, ...stage.env, PATH: path },
    });
    if (status !== 0) fail(`It ended with ${status}.`);
  } else if (name === 'USER') {
    if (rest === 'root') fail('The image runs as root.');
    stage.user = NOBODY;
  } else stage[name] = rest;
}

const image = stages.at(-1);
const size = spawnSync('du', ['-sm', image.root], { encoding: 'utf8' }).stdout.split('\t')[0];
console.log(`The image's own files take ${size} MB.`);
// What was installed is for everybody to read; Node itself may lie where only root looks.
const program = join(root, 'node');
cpSync(node, program);
const data = join(image.root, 'data');
chownSync(data, NOBODY, NOBODY);
const [, ...parameters] = [...JSON.parse(image.ENTRYPOINT), ...JSON.parse(image.CMD)];
const server = spawn(program, parameters, {
  cwd: join(image.root, image.directory),
  uid: image.user,
  gid: image.user,
  stdio: 'inherit',
  env: {
    ...image.env,
    HOME: '/nonexistent',
    PATH: path,
    STILLROAR_DATA: data,
    STILLROAR_PORT: String(PORT),
    STILLROAR_PUBLIC_URL: `http://127.0.0.1:${PORT}`,
    STILLROAR_API_KEY: KEY,
    STILLROAR_LOG: 'error',
  },
});
const began = performance.now();
const url = `http://127.0.0.1:${PORT}`;
const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
const [check, ...test] = JSON.parse(/CMD (\[.*\])$/.exec(image.HEALTHCHECK)[1]);
const isHealthy = () =>
  spawnSync(
    check === 'node' ? program : check,
    test.map((text) => text.replace('8080', PORT)),
  ).status === 0;
try {
  while (!isHealthy()) {
    if (server.exitCode !== null) fail(`The server ended with ${server.exitCode}.`);
    await sleep(200);
  }
  console.log(
    `Healthy after ${((performance.now() - began) / 1000).toFixed(1)} s, as the user ${image.user}.`,
  );
  const body = JSON.stringify({ image: `${url}/samples/sunset.jpg`, prompt: 'slow push in' });
  let task = await (await fetch(`${url}/api/v1/tasks`, { method: 'POST', headers, body })).json();
  while (task.state === 'queued' || task.state === 'processing') {
    await sleep(500);
    task = await (await fetch(`${url}/api/v1/tasks/${task.id}`, { headers })).json();
  }
  if (task.state !== 'completed') fail(`The task is ${task.state}: ${task.error?.message}`);
  const video = await fetch(task.outputs.find(({ kind }) => kind === 'video').url);
  console.log(`It made a video of ${(await video.arrayBuffer()).byteLength} bytes.`);
  const ended = once(server, 'exit');
  server.kill(image.STOPSIGNAL);
  const [code] = await ended;
  if (code !== 0) fail(`After ${image.STOPSIGNAL} it ended with ${code}.`);
  console.log(`After ${image.STOPSIGNAL} it ended well.`);
} finally {
  server.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
}
