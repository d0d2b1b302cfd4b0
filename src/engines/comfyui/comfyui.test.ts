import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { echoWorkflow, stillWorkflow } from '../../../test/support/comfy-workflows.ts';
import {
  type FakeComfy,
  type FakeOptions,
  recordedNodes,
  startFakeComfy,
} from '../../../test/support/comfyui.ts';
import { engineInput } from '../../../test/support/engine-input.ts';
import type { Engine, EngineInput, EngineStatus, Operation } from '../engine.ts';
import type { MediaTools } from '../media-tools.ts';
import { comfyTimes, createComfyEngine } from './index.ts';
import type { Workflow } from './manifest.ts';

// The engine against a server with the shapes of a real one and every trap that is known of it.

const picture = fileURLToPath(new URL('../../../samples/stream.jpg', import.meta.url));
const signal = new AbortController().signal;
const times = { ...comfyTimes, probe: 100, poll: 20, patience: 400, silence: 300 };

/** A picture of 16:9 and a video of 6 seconds. */
const media: MediaTools = {
  measure: async (_path, kind) => ({
    width: 1920,
    height: 1080,
    durationSeconds: kind === 'video' ? 6 : undefined,
  }),
  resample: (path, to) => copyFile(path, to),
  lastPicture: (path, to) => copyFile(path, to),
  async join(paths, to) {
    const parts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    await writeFile(to, parts.join(' + '));
  },
};

async function startServer(options: FakeOptions = {}): Promise<FakeComfy> {
  const fake = await startFakeComfy(options);
  onTestFinished(() => fake.close().catch(() => {}));
  return fake;
}

async function startEngine(
  servers: FakeComfy[],
  workflows: Workflow[] = [stillWorkflow()],
  more: { headers?: Record<string, string>; accepted?: string[] } = {},
): Promise<Engine> {
  const urls = servers.map(({ url }) => url);
  const engine = createComfyEngine({ urls, workflows, accepted: [], media, times, ...more });
  onTestFinished(() => engine.close());
  await engine.ready;
  return engine;
}

async function inputOf(changes: Partial<EngineInput> = {}): Promise<EngineInput> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'stillroar-comfy-'));
  onTestFinished(() => rm(workDirectory, { recursive: true, force: true }));
  return engineInput(workDirectory, { model: 'still', quality: 'fine', ...changes });
}

type End = Exclude<EngineStatus, { state: 'running' }>;

async function follow(
  engine: Engine,
  operation: Operation,
  each: (status: EngineStatus) => void = () => {},
): Promise<End> {
  for (;;) {
    const status = await engine.status(operation, signal);
    each(status);
    if (status.state !== 'running') return status;
  }
}

async function make(engine: Engine, changes: Partial<EngineInput> = {}): Promise<End> {
  return follow(engine, await engine.start(await inputOf(changes), signal));
}

const completed = (end: End) => {
  if (end.state !== 'completed') throw new Error(`It ${end.state}: ${end.reason}`);
  return end;
};
const failed = (end: End) => {
  if (end.state !== 'failed') throw new Error('It did not fail.');
  return end;
};
const until = async (isTrue: () => boolean) => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('makes a video', () => {
  test('uploads the picture, fills the graph, follows it, and fetches the file', async () => {
    const server = await startServer({ result: Buffer.from('the video'), version: '0.28.1' });
    const engine = await startEngine([server]);
    const seen: number[] = [];
    const operation = await engine.start(await inputOf(), signal);
    const end = completed(
      await follow(engine, operation, (status) => {
        if (status.state === 'running') seen.push(status.progress);
      }),
    );
    expect(end.files).toMatchObject([{ kind: 'video', contentType: 'video/mp4' }]);
    expect(await readFile(end.files[0]!.path, 'utf8')).toBe('the video');
    expect(end.warnings).toEqual([]);
    const [{ id, graph }] = server.submitted as [FakeComfy['submitted'][number]];
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(graph).toMatchObject({
      '1': { inputs: { image: 'stillroar/0123456789abcdef01234567-image.png' } },
      '2': { inputs: { width: 1280, height: 720 } },
      // 80 frames last five seconds at 16 a second; the model takes 4n + 1.
      '3': { inputs: { amount: 81 } },
      '5': { inputs: { filename_prefix: 'stillroar/0123456789abcdef01234567-0-0' } },
    });
    expect(seen.every((value, index) => index === 0 || value >= seen[index - 1]!)).toBe(true);
    expect(server.sawOrigin).toBe(false);
  });

  test('progress comes over the socket, of new servers and old', async () => {
    for (const version of ['0.28.1', '0.3.64']) {
      const server = await startServer({ version, outcomes: ['hang'] });
      const engine = await startEngine([server]);
      // The socket is open a little later than the first answer.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const operation = await engine.start(await inputOf(), signal);
      let reached = 0;
      while (reached < 60) {
        const status = await engine.status(operation, signal);
        if (status.state !== 'running') throw new Error('It has ended.');
        reached = status.progress;
      }
      server.release();
      completed(await follow(engine, operation));
    }
  });

  test('headers go along, over the socket too', async () => {
    const server = await startServer({ token: 'Bearer secret' });
    const engine = await startEngine([server], undefined, { headers: { authorization: 'Bearer secret' } });
    completed(await make(engine));
  });

  test('the video is found whatever the node calls it', async () => {
    const server = await startServer({ resultName: 'gifs', result: Buffer.from('the video') });
    const end = completed(await make(await startEngine([server])));
    expect(await readFile(end.files[0]!.path, 'utf8')).toBe('the video');
  });

  test.each(['0.3.64', '0.28.1'])(
    'what a server of version %s shows while it works is passed on',
    async (version) => {
      const picture = Buffer.from('\xff\xd8\xff a picture', 'latin1');
      const server = await startServer({ version, outcomes: ['hang'], result: Buffer.from('the video') });
      const engine = await startEngine([server]);
      const operation = await engine.start(await inputOf(), signal);
      let shown: Buffer | undefined;
      const end = await follow(engine, operation, (status) => {
        if (status.state !== 'running') return;
        // What is no picture is left out.
        server.show(Buffer.from('\xff\xd8 half', 'latin1'));
        server.show(picture);
        if (!status.preview) return;
        expect(status.preview.contentType).toBe('image/jpeg');
        shown = Buffer.from(status.preview.bytes);
        server.release();
      });
      completed(end);
      expect(shown).toEqual(picture);
    },
  );

  test('of a video that gets sound only the sound comes back', async () => {
    const server = await startServer({ result: Buffer.from('a sound') });
    const engine = await startEngine([server], [echoWorkflow()], { accepted: ['echo'] });
    const { imagePath: _, ...input } = await inputOf();
    const operation = await engine.start(
      { ...input, kind: 'video-to-audio', model: 'echo', videoPath: picture, seconds: 0 },
      signal,
    );
    const end = completed(await follow(engine, operation));
    expect(end.files).toMatchObject([{ kind: 'audio', contentType: 'audio/flac' }]);
    expect(server.uploads).toMatchObject([{ name: '0123456789abcdef01234567-video.mp4' }]);
  });
});

describe('what is not there is not offered', () => {
  test('weights and node packs that are missing are named, with where to put them', async () => {
    const server = await startServer();
    const graph = {
      ...stillWorkflow().graph,
      '6': { class_type: 'VAELoader', inputs: { vae_name: 'wan_2.1_vae.safetensors' } },
      '7': { class_type: 'SpecialNode', inputs: {} },
    };
    const requires = {
      packs: [{ name: 'Special Pack', url: 'https://example.org/pack', nodes: ['SpecialNode'] }],
      models: [{ folder: 'vae', name: 'wan_2.1_vae.safetensors', url: 'https://example.org/vae' }],
    };
    const needy = { ...stillWorkflow({ requires }), name: 'needy', graph };
    const engine = await startEngine([server], [stillWorkflow(), needy]);
    expect(engine.models.map(({ name }) => name)).toEqual(['still']);
    expect(engine.unavailable).toMatchObject([
      {
        name: 'needy',
        needs: [
          'Install the node pack Special Pack: https://example.org/pack',
          'Put wan_2.1_vae.safetensors into models/vae: https://example.org/vae',
        ],
      },
    ]);
  });

  test('a licence that has to be accepted keeps a model away until it is', async () => {
    const server = await startServer();
    const before = await startEngine([server], [echoWorkflow()]);
    expect(before.models).toEqual([]);
    expect(before.unavailable![0]!.needs[0]).toContain('COMFYUI_ACCEPT');
    const after = await startEngine([server], [echoWorkflow()], { accepted: ['echo'] });
    expect(after.models.map(({ name }) => name)).toEqual(['echo']);
  });

  test('a server that is down says so, and its models come back with it', async () => {
    const server = await startServer();
    await server.pause();
    const engine = await startEngine([server]);
    expect(engine.models).toEqual([]);
    expect(engine.unavailable![0]!.needs[0]).toContain('No ComfyUI server answers');
    await server.resume();
    await until(() => engine.models.length === 1);
    completed(await make(engine));
  });

  test('a model that cannot be had in time fails in a sentence', async () => {
    const server = await startServer();
    await server.pause();
    const engine = await startEngine([server]);
    await expect(make(engine)).rejects.toMatchObject({ code: 'engine-unavailable' });
  });
});

describe('the traps', () => {
  test('a 200 with node errors is a failure, and the half that runs is cancelled', async () => {
    const server = await startServer({ outcomes: ['drop'], milliseconds: 100_000 });
    const engine = await startEngine([server]);
    await expect(make(engine)).rejects.toMatchObject({ code: 'engine-failed' });
    await until(() => server.interrupted.length + server.cancelled.length === 1);
  });

  test('weights that vanish after the look are refused by the server, and that is told', async () => {
    const nodes = structuredClone(recordedNodes);
    const server = await startServer({ nodes });
    const engine = await startEngine([server]);
    nodes.SaveVideo!.input.required!.codec = ['COMBO', { options: ['auto'] }];
    const failure = await make(engine).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'engine-failed' });
    expect(String((failure as Error).cause)).toContain('Value not in list codec');
  });

  test('a node pack that vanishes is an error without node errors', async () => {
    const nodes: Record<string, (typeof recordedNodes)[string]> = structuredClone(recordedNodes);
    const server = await startServer({ nodes });
    const engine = await startEngine([server]);
    delete nodes.RepeatImageBatch;
    const failure = await make(engine).catch((error: unknown) => error as Error);
    expect(String((failure as Error).cause)).toContain('node RepeatImageBatch does not exist');
  });

  test('two tasks with the same picture, words and seed get files of their own', async () => {
    const server = await startServer();
    const engine = await startEngine([server]);
    completed(await make(engine));
    completed(await make(engine, { taskId: 'f'.repeat(24) }));
    const prefixes = server.submitted.map(({ graph }) => graph['5']!.inputs.filename_prefix);
    expect(new Set(prefixes).size).toBe(2);
  });

  test('a result whose file is gone is made once more', async () => {
    const server = await startServer({ outcomes: ['file-gone'] });
    completed(await make(await startEngine([server])));
    expect(new Set(server.submitted.map(({ id }) => id)).size).toBe(2);
  });

  test('an end without a result is a failure', async () => {
    const server = await startServer({ outcomes: ['no-file'] });
    expect(failed(await make(await startEngine([server])))).toMatchObject({
      code: 'engine-failed',
      retryable: false,
    });
  });

  test('a cut socket costs nothing: what it would have said is asked for', async () => {
    const server = await startServer({ outcomes: ['hang'] });
    const engine = await startEngine([server]);
    const operation = await engine.start(await inputOf(), signal);
    await until(() => server.submitted.length === 1);
    server.cutSockets();
    server.release();
    completed(await follow(engine, operation));
  });

  test('a failure and an interruption look alike but for the last message', async () => {
    const broken = await startServer({ outcomes: ['error'] });
    const end = failed(await make(await startEngine([broken])));
    expect(end).toMatchObject({ code: 'engine-failed', retryable: true });
    expect(end.detail).toContain('RuntimeError');
    const stopped = await startServer({ outcomes: ['interrupt'] });
    completed(await make(await startEngine([stopped])));
    expect(stopped.submitted).toHaveLength(2);
  });

  test('a server that restarts has forgotten the work: it is submitted once more under a new id, then given up', async () => {
    const server = await startServer({ outcomes: ['hang', 'hang'] });
    const engine = await startEngine([server]);
    const operation = await engine.start(await inputOf(), signal);
    const ended = follow(engine, operation);
    await until(() => server.submitted.length === 1);
    await server.restart();
    await until(() => server.submitted.length === 2);
    expect(new Set(server.submitted.map(({ id }) => id)).size).toBe(2);
    await server.restart();
    expect(failed(await ended)).toMatchObject({ code: 'engine-lost', retryable: true });
    expect(server.submitted).toHaveLength(2);
  });

  test('out of memory: the models are unloaded and a smaller size is tried, which is told', async () => {
    const server = await startServer({ outcomes: ['out-of-memory'] });
    const end = completed(await make(await startEngine([server])));
    expect(server.freed).toBe(1);
    const sizes = server.submitted.map(({ graph }) => [graph['2']!.inputs.width, graph['2']!.inputs.height]);
    expect(sizes).toEqual([
      [1280, 720],
      [832, 464],
    ]);
    expect(end.warnings).toMatchObject([{ code: 'drawn-smaller' }]);
  });

  test('out of memory in the smallest size is final', async () => {
    const server = await startServer({ outcomes: ['out-of-memory', 'out-of-memory'] });
    expect(failed(await make(await startEngine([server])))).toMatchObject({ retryable: false });
  });

  test('an upload that is too large for the server fails in a sentence', async () => {
    const server = await startServer({ mostUpload: 1000 });
    await expect(make(await startEngine([server]))).rejects.toMatchObject({ code: 'engine-failed' });
    expect(server.submitted).toEqual([]);
  });
});

describe('who takes over finds the work', () => {
  test('another worker goes on with what is under way, and nothing runs twice', async () => {
    const server = await startServer({ outcomes: ['hang'] });
    const first = await startEngine([server]);
    const operation = await first.start(await inputOf(), signal);
    await until(() => server.submitted.length === 1);
    await first.close();
    const second = await startEngine([server]);
    expect(await second.status(operation, signal)).toMatchObject({ code: 'engine-lost', retryable: true });
    const again = await second.start(await inputOf({ attempt: 2 }), signal);
    server.release();
    completed(await follow(second, again));
    expect(server.submitted).toHaveLength(1);
  });

  test('a worker that comes after the end fetches the result', async () => {
    const server = await startServer();
    const first = await startEngine([server]);
    completed(await make(first));
    completed(await make(await startEngine([server]), { attempt: 2 }));
    expect(server.submitted).toHaveLength(1);
  });

  test('work that was submitted anew after a restart of the server is found as well', async () => {
    const server = await startServer({ outcomes: ['hang', 'hang'] });
    const first = await startEngine([server]);
    const operation = await first.start(await inputOf(), signal);
    const watching = new AbortController();
    const followed = first.status(operation, watching.signal).catch(() => {});
    await until(() => server.submitted.length === 1);
    await server.restart();
    await followed;
    while (server.submitted.length < 2) await first.status(operation, signal);
    await first.close();
    const second = await startEngine([server]);
    const again = await second.start(await inputOf({ attempt: 2 }), signal);
    server.release();
    completed(await follow(second, again));
    expect(server.submitted).toHaveLength(2);
  });

  test('a server that was away while another worker took over still has the work', async () => {
    const server = await startServer({ outcomes: ['hang'] });
    const first = await startEngine([server]);
    await first.start(await inputOf(), signal);
    await until(() => server.submitted.length === 1);
    await first.close();
    await server.pause();
    const second = await startEngine([server]);
    const again = second.start(await inputOf({ attempt: 2 }), signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.resume();
    const operation = await again;
    server.release();
    completed(await follow(second, operation));
    expect(server.submitted).toHaveLength(1);
  });

  test('after a failure the next attempt has an id of its own', async () => {
    const server = await startServer({ outcomes: ['error'] });
    const engine = await startEngine([server]);
    failed(await make(engine));
    completed(await make(engine, { attempt: 2 }));
    expect(new Set(server.submitted.map(({ id }) => id)).size).toBe(2);
  });

  test('a server that is silent for a while is waited for', async () => {
    const server = await startServer({ outcomes: ['hang'] });
    const engine = await startEngine([server]);
    const ended = engine.start(await inputOf(), signal).then((operation) => follow(engine, operation));
    await until(() => server.submitted.length === 1);
    await server.pause();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.resume();
    server.release();
    completed(await ended);
    expect(server.submitted).toHaveLength(1);
  });

  test('a server that stays silent loses the work to another', async () => {
    const [one, two] = [await startServer({ outcomes: ['hang'] }), await startServer({ outcomes: ['hang'] })];
    const engine = await startEngine([one, two]);
    const operation = await engine.start(await inputOf(), signal);
    await until(() => one.submitted.length + two.submitted.length === 1);
    const [silent, other] = one.submitted.length ? [one, two] : [two, one];
    await silent.pause();
    expect(failed(await follow(engine, operation))).toMatchObject({ code: 'engine-lost', retryable: true });
    other.outcomes = [];
    completed(await make(engine, { attempt: 2 }));
    expect(other.submitted).toHaveLength(1);
  });
});

describe('a video that is longer than the model draws at once', () => {
  const chained = () => stillWorkflow({ seconds: [5, 10], piece: 5 });
  const images = (server: FakeComfy) => server.submitted.map(({ graph }) => graph['1']!.inputs.image);
  const begin = 'stillroar/0123456789abcdef01234567-image.png';
  const next = 'stillroar/0123456789abcdef01234567-image-1.png';
  const tenSeconds = (changes: Partial<EngineInput> = {}) => inputOf({ seconds: 10, ...changes });

  test('is made in pieces, each from the last picture of the one before, and joined', async () => {
    const server = await startServer({ result: Buffer.from('a piece') });
    const engine = await startEngine([server], [chained()]);
    const seen: number[] = [];
    const operation = await engine.start(await tenSeconds(), signal);
    const end = completed(
      await follow(engine, operation, (status) => {
        if (status.state === 'running') seen.push(status.progress);
      }),
    );
    expect(await readFile(end.files[0]!.path, 'utf8')).toBe('a piece + a piece');
    expect(end.warnings).toMatchObject([{ code: 'made-in-pieces' }]);
    expect(images(server)).toEqual([begin, next]);
    expect(server.submitted.map(({ graph }) => graph['3']!.inputs.amount)).toEqual([81, 81]);
    expect(new Set(server.submitted.map(({ id }) => id)).size).toBe(2);
    expect(seen.every((value, index) => index === 0 || value >= seen[index - 1]!)).toBe(true);
    expect(seen.some((value) => value >= 50)).toBe(true);
    // What the model draws at once stays one piece.
    completed(await make(engine, { taskId: 'f'.repeat(24) }));
    expect(server.submitted).toHaveLength(3);
  });

  test('goes on with its second piece when the server has restarted', async () => {
    const server = await startServer({ outcomes: ['success', 'hang'] });
    const engine = await startEngine([server], [chained()]);
    const ended = engine.start(await tenSeconds(), signal).then((operation) => follow(engine, operation));
    await until(() => server.submitted.length === 2);
    await server.restart();
    completed(await ended);
    expect(images(server)).toEqual([begin, next, next]);
  });

  test('is taken over in its second piece, and nothing runs twice', async () => {
    const server = await startServer({ outcomes: ['success', 'hang'] });
    const first = await startEngine([server], [chained()]);
    const operation = await first.start(await tenSeconds(), signal);
    while (server.submitted.length < 2) await first.status(operation, signal);
    await first.close();
    const second = await startEngine([server], [chained()]);
    const again = await second.start(await tenSeconds({ attempt: 2 }), signal);
    server.release();
    completed(await follow(second, again));
    expect(server.submitted).toHaveLength(2);
  });

  test('begins anew when its first piece is gone by then', async () => {
    const server = await startServer({ outcomes: ['success', 'hang'] });
    const first = await startEngine([server], [chained()]);
    const operation = await first.start(await tenSeconds(), signal);
    while (server.submitted.length < 2) await first.status(operation, signal);
    await first.close();
    server.loseFiles();
    const second = await startEngine([server], [chained()]);
    const again = await second.start(await tenSeconds({ attempt: 2 }), signal);
    server.release();
    completed(await follow(second, again));
    expect(images(server)).toEqual([begin, next, begin, next]);
    expect(new Set(server.submitted.map(({ id }) => id)).size).toBe(4);
  });

  test('is made anew in a smaller size when the memory does not suffice for the second piece', async () => {
    const server = await startServer({ outcomes: ['success', 'out-of-memory'] });
    const engine = await startEngine([server], [chained()]);
    const end = completed(await follow(engine, await engine.start(await tenSeconds(), signal)));
    expect(server.submitted.map(({ graph }) => graph['2']!.inputs.width)).toEqual([1280, 1280, 832, 832]);
    expect(end.warnings.map(({ code }) => code)).toEqual(['drawn-smaller', 'made-in-pieces']);
  });
});

describe('cancelling', () => {
  test('a new server cancels by id', async () => {
    const server = await startServer({ version: '0.28.1', outcomes: ['hang'] });
    const engine = await startEngine([server]);
    const operation = await engine.start(await inputOf(), signal);
    await until(() => server.submitted.length === 1);
    await engine.cancel(operation);
    expect(server.cancelled).toEqual([server.submitted[0]!.id]);
    expect(await engine.status(operation, signal)).toMatchObject({ state: 'failed' });
  });

  test('an old server interrupts whatever runs, so it is asked only while that is ours', async () => {
    const server = await startServer({ version: '0.3.64', outcomes: ['hang'] });
    const theirs = await startEngine([server]);
    await theirs.start(await inputOf({ taskId: 'e'.repeat(24) }), signal);
    const ours = await startEngine([server]);
    const operation = await ours.start(await inputOf(), signal);
    await until(() => server.submitted.length === 2);
    await ours.cancel(operation);
    expect(server.interrupted).toEqual([]);
    expect(server.cancelled).toEqual([server.submitted[1]!.id]);
  });

  test('whoever has only the stored operation can cancel', async () => {
    const server = await startServer({ version: '0.3.64', outcomes: ['hang'] });
    const first = await startEngine([server]);
    const operation = JSON.parse(JSON.stringify(await first.start(await inputOf(), signal))) as Operation;
    await until(() => server.submitted.length === 1);
    const second = await startEngine([server]);
    await second.cancel(operation);
    expect(server.interrupted).toEqual([server.submitted[0]!.id]);
  });
});

describe('several servers', () => {
  test('each works on one job at a time, and the least busy comes first', async () => {
    const servers = [await startServer({ outcomes: ['hang'] }), await startServer({ outcomes: ['hang'] })];
    const busy = await startEngine([servers[0]!]);
    await busy.start(await inputOf({ taskId: 'a'.repeat(24) }), signal);
    servers[0]!.outcomes = ['hang'];
    const engine = await startEngine(servers);
    expect(engine.slots).toBe(2);
    await engine.start(await inputOf({ taskId: 'b'.repeat(24) }), signal);
    expect(servers[1]!.submitted).toHaveLength(1);
    const second = await engine.start(await inputOf({ taskId: 'c'.repeat(24) }), signal);
    expect(servers[0]!.submitted).toHaveLength(2);
    // Both are taken: the third waits until one is free.
    let isThirdIn = false;
    const third = engine.start(await inputOf({ taskId: 'd'.repeat(24) }), signal).then((operation) => {
      isThirdIn = true;
      return operation;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isThirdIn).toBe(false);
    await engine.cancel(second);
    await third;
    expect(servers[0]!.submitted).toHaveLength(3);
  });

  test('one that is down is set aside', async () => {
    const [down, up] = [await startServer(), await startServer()];
    const engine = await startEngine([down, up]);
    await down.pause();
    for (const letter of ['a', 'b', 'c']) completed(await make(engine, { taskId: letter.repeat(24) }));
    expect(up.submitted).toHaveLength(3);
    await down.resume();
  });
});

test('wishes that a model has no place for are told', async () => {
  const server = await startServer();
  const wishes = { negativePrompt: 'blur', extendPrompt: true, motion: { strength: 0.5 } };
  const end = completed(await make(await startEngine([server]), wishes));
  expect(end.warnings.map(({ code }) => code)).toEqual([
    'option-ignored',
    'option-ignored',
    'option-ignored',
  ]);
});

// With COMFYUI_URL a real server makes a film of a still picture; it needs no weights for that.
const real = process.env.COMFYUI_URL;
if (real) {
  test('a real ComfyUI makes a video without any weights', async () => {
    const engine = createComfyEngine({
      urls: real.split(','),
      workflows: [stillWorkflow()],
      accepted: [],
      media,
    });
    onTestFinished(() => engine.close());
    await engine.ready;
    expect(engine.models.map(({ name }) => name)).toEqual(['still']);
    const taskId = Date.now().toString(16).padStart(24, '0');
    const end = completed(await make(engine, { taskId }));
    expect((await readFile(end.files[0]!.path)).subarray(4, 8).toString()).toBe('ftyp');
  });
}
