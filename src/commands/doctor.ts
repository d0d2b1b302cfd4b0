import { access, constants, mkdtemp, readFile, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { openStorage } from '../app.ts';
import { type Config, loadConfig, type SettingName } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import { makeClip } from '../engines/builtin/clip.ts';
import { depthModelFinder } from '../engines/builtin/depth-file.ts';
import { askDepthModel } from '../engines/builtin/depth-model.ts';
import { loadOnnxRuntime } from '../engines/builtin/depth-runtime.ts';
import type { Engine } from '../engines/engine.ts';
import { createEngines } from '../engines/index.ts';
import { StillroarError, toStillroarError } from '../errors.ts';
import { openPicture } from '../media/decode-picture.ts';
import { decodeVideo } from '../media/decode-video.ts';
import { probeMedia } from '../media/probe.ts';
import { runLocally } from '../run-locally.ts';
import { createStorageKey } from '../storage/storage-key.ts';
import { addSettings } from './settings.ts';

/** Something that has to work. */
interface Check {
  name: string;
  /** Resolves to what was found; throws with what is wrong and what to do. */
  look(): Promise<string>;
}

/** What came of a check. */
interface Finding {
  name: string;
  isOk: boolean;
  /** What was found, or what is wrong and what to do. */
  detail: string;
}

/** Less room than this, in bytes, soon is none. */
const LEAST_ROOM = 1_000_000_000;

const sample = fileURLToPath(new URL('../../samples/stream.jpg', import.meta.url));

/** Whatever cannot be put right with the settings. */
function broken(sentence: string, cause?: unknown): StillroarError {
  return new StillroarError('configuration', sentence, { cause });
}

/** Makes a second of video with sound and reads it: the engine, its kernels and threads, and the codecs. */
async function makeSecond(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'stillroar-doctor-'));
  try {
    const out = join(directory, 'second.mp4');
    const begun = performance.now();
    await runLocally(
      makeClip,
      { kind: 'image-to-video', imagePath: sample, prompt: 'push in, water', seconds: 1 },
      { out },
    );
    const seconds = (performance.now() - begun) / 1000;
    const bytes = await readFile(out);
    const { video, audio } = await probeMedia(bytes);
    let frames = 0;
    for await (const _ of decodeVideo(bytes)) frames++;
    if (frames !== 24 || !video || !audio) throw broken(`Of 24 frames ${frames} could be read back.`);
    return `a second of 720p in ${seconds.toFixed(1)} s, as ${video.codec} and ${audio.codec}`;
  } catch (cause) {
    const { code, message } = toStillroarError(cause);
    const why = code === 'internal' && cause instanceof Error ? cause.message : message;
    throw broken(
      `A video could not be made: ${why} Install the package again for this machine (npm ci), and see that ${tmpdir()} has room.`,
      cause,
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Whether an engine of other machines can be used. */
async function lookAtEngine({ name, models, ready, unavailable = [] }: Engine): Promise<string> {
  await ready;
  if (models.length > 0) {
    const missing = unavailable.map((model) => `${model.name}: ${model.needs.join(' ')}`);
    return [models.map((model) => model.name).join(', '), ...missing].join('; not usable: ');
  }
  const needs = [...new Set(unavailable.flatMap((model) => model.needs))];
  throw broken(
    needs.length > 0 ? needs.join(' ') : `${name} offers no model. Check its address, and that it runs.`,
  );
}

/** Lets the depth model, if there is one, look at a picture. */
async function lookAtDepthModel(config: Config): Promise<string> {
  const path = depthModelFinder(config)();
  if (!path) return 'none; stillroar models pull depth fetches one';
  const picture = await openPicture(await readFile(sample));
  const begun = performance.now();
  const answer = await askDepthModel(path, await picture.decode(picture), picture);
  const seconds = (performance.now() - begun) / 1000;
  if ('runtime' in answer) return `${path}: a picture in ${seconds.toFixed(1)} s by ${answer.runtime}`;
  const isMissing = (await loadOnnxRuntime()) === undefined;
  const remedy = isMissing
    ? 'Install a runtime beside Stillroar: npm install onnxruntime-node.'
    : 'Remove the file, or fetch it again: stillroar models pull depth.';
  throw broken(`${path} is of no use: ${answer.problem} (${answer.detail}). ${remedy}`);
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Whether the data directory can be written to, or made. */
async function checkDirectory(directory: string): Promise<void> {
  let place = directory;
  while (!(await exists(place)) && dirname(place) !== place) place = dirname(place);
  if (!(await stat(place)).isDirectory()) {
    throw broken(`${place} is no directory. Choose another with STILLROAR_DATA.`);
  }
  await access(place, constants.W_OK).catch((cause: unknown) => {
    throw broken(
      `This user may not write to ${place}. Give it the right to, or choose another directory with STILLROAR_DATA.`,
      cause,
    );
  });
}

async function lookAtDatabase({ databaseUrl }: Config, directory: string): Promise<string> {
  if (!databaseUrl) {
    await checkDirectory(directory);
    if (!(await exists(join(directory, 'database'))))
      return `embedded, made at the first start in ${directory}`;
  }
  try {
    const opened = await openDatabase({ dataDirectory: directory, databaseUrl, migrates: false });
    await opened.close();
  } catch (error) {
    // Whoever has it open is our own server: it runs.
    if (/is in use by process \d+/.test((error as Error).message))
      return 'embedded, in use by a server that runs';
    throw error;
  }
  return databaseUrl ? 'PostgreSQL answers' : `embedded, in ${directory}`;
}

async function lookAtStorage(config: Config, directory: string): Promise<string> {
  if (!config.storage) {
    await checkDirectory(directory);
    if (!(await exists(directory))) return `made at the first start in ${directory}`;
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < LEAST_ROOM) {
      throw broken(
        `The disk of ${directory} has ${Math.round((bavail * bsize) / 1e6)} MB left. Make room, or choose another with STILLROAR_DATA.`,
      );
    }
  }
  const storage = await openStorage(config, directory);
  const key = createStorageKey('jpg');
  await storage.putBytes(Buffer.from('stillroar doctor'), key);
  await storage.remove(key);
  return config.storage ? `bucket ${config.storage.bucket}: written and removed` : 'written and removed';
}

async function find({ name, look }: Check): Promise<Finding> {
  try {
    return { name, isOk: true, detail: await look() };
  } catch (error) {
    const known = toStillroarError(error);
    const detail = known.code === 'internal' && error instanceof Error ? error.message : known.message;
    return { name, isOk: false, detail };
  }
}

async function run({
  json,
  ...flags
}: Partial<Record<SettingName, string>> & { json?: true }): Promise<void> {
  const config = loadConfig(flags);
  const directory = resolve(config.data);
  const engines = await createEngines(config);
  const findings: Finding[] = [];
  try {
    const [, ...others] = engines;
    const checks: Check[] = [
      { name: 'engine builtin', look: makeSecond },
      { name: 'depth model', look: () => lookAtDepthModel(config) },
      ...others.map((engine) => ({ name: `engine ${engine.name}`, look: () => lookAtEngine(engine) })),
      { name: 'database', look: () => lookAtDatabase(config, directory) },
      { name: 'storage', look: () => lookAtStorage(config, directory) },
    ];
    for (const check of checks) {
      const finding = await find(check);
      findings.push(finding);
      if (!json)
        console.log(`${finding.isOk ? 'ok     ' : 'FAILED '} ${finding.name.padEnd(16)} ${finding.detail}`);
    }
  } finally {
    await Promise.all(engines.map((engine) => engine.close()));
  }
  if (json)
    console.log(JSON.stringify(findings.map(({ name, isOk, detail }) => ({ name, ok: isOk, detail }))));
  const failed = findings.filter(({ isOk }) => !isOk).map(({ name }) => name);
  if (failed.length > 0) throw new StillroarError('configuration', `Not right: ${failed.join(', ')}.`);
}

/** `stillroar doctor`: whether everything works that a server needs, and what to do about what does not. */
export const doctorCommand = addSettings(
  new Command('doctor')
    .description('look whether everything works that a server needs')
    .option('--json', 'all as JSON')
    .action(run),
);
