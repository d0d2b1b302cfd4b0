import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { stillWorkflow } from '../support/comfy-workflows.ts';
import { startFakeComfy } from '../support/comfyui.ts';
import { createDataDirectory } from '../support/database.ts';
import { makeFilm } from '../support/film.ts';
import { createNativeCaller } from '../support/native.ts';
import { startFileServer } from '../support/server.ts';

// The program as it was built, killed by SIGKILL at each stage of a task that a GPU works on. A task may lose its worker
// twice; the third time it is given up.

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const apiKey = 'gpus'.repeat(6);

/** Moments of a task's life, each told by the fake ComfyUI or by the task itself. */
type Stage = 'upload' | 'submit' | 'work' | 'download' | 'finish';

test.each<[Stage, Stage]>([
  ['upload', 'submit'],
  ['work', 'download'],
  ['work', 'finish'],
])(
  'killed at %s and again at %s: one prompt, one result, one charge',
  async (...stages) => {
    const fake = await startFakeComfy({ result: await makeFilm(), outcomes: ['hang'] });
    onTestFinished(() => fake.close());
    const data = await createDataDirectory();
    const { manifest, graph } = stillWorkflow();
    const folder = join(data.path, 'workflows', 'still');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'workflow.json'), JSON.stringify(graph));
    // A port that nobody uses: the server keeps it from life to life, so that its URLs stay.
    const files = await startFileServer(() => {});
    const { url, port } = files;
    await files.close();
    const native = createNativeCaller(url, { 'x-api-key': apiKey });

    async function startServer() {
      const child = spawn(process.execPath, [cli, 'serve'], {
        cwd: data.path,
        env: {
          ...process.env,
          STILLROAR_DATA: data.path,
          STILLROAR_PORT: String(port),
          STILLROAR_LOG: 'error',
          STILLROAR_API_KEY: apiKey,
          COMFYUI_URL: fake.url,
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) {
        if (child.exitCode !== null) throw new Error('The server did not start.');
        await sleep(20);
      }
      return child;
    }
    const kill = async (child: ReturnType<typeof spawn>) => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    };
    let id = '';
    /** Prepares a moment; the answer resolves when it has come. */
    function expectStage(stage: Stage): () => Promise<void> {
      const paths = { upload: '/upload/image', submit: '/prompt', download: '/view' } as const;
      if (stage === 'upload' || stage === 'submit' || stage === 'download') {
        const held = fake.hold(paths[stage]);
        return async () => {
          while (stage === 'download' && fake.submitted.length === 0) await sleep(10);
          fake.release();
          await held;
        };
      }
      if (stage === 'work') {
        return async () => {
          while (fake.submitted.length === 0) await sleep(10);
        };
      }
      return async () => {
        fake.release();
        for (;;) {
          const { body } = await native.get(`/api/v1/tasks/${id}`);
          if (body.stage === 'encoding' || body.state === 'completed') return;
          await sleep(20);
        }
      };
    }

    const [first, second] = stages;
    const reachFirst = expectStage(first);
    const one = await startServer();
    const wish = { image: `${url}/samples/stream.jpg`, prompt: 'rain', model: 'still', seed: 1 };
    let made = await native.post('/api/v1/tasks', wish);
    // The models of a ComfyUI are known once it has been asked.
    while (made.status !== 201) {
      await sleep(100);
      made = await native.post('/api/v1/tasks', wish);
    }
    id = made.body.id;
    await reachFirst();
    await kill(one);

    const reachSecond = expectStage(second);
    const two = await startServer();
    await reachSecond();
    await kill(two);

    fake.outcomes = [];
    const three = await startServer();
    fake.release();
    const done = await native.wait(id, 'completed', 'failed');
    expect(done).toMatchObject({ state: 'completed', engine: 'comfyui', credits: 20 });
    expect(done.outputs.map(({ kind }) => kind)).toEqual(['video', 'cover']);
    expect(fake.submitted).toHaveLength(1);
    expect((await native.get<{ credits: number }>('/api/v1/account')).body.credits).toBe(10_000 - 20);
    three.kill('SIGTERM');
    await once(three, 'exit');
  },
  600_000,
);
