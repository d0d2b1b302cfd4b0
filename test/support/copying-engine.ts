import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtinEffects } from '../../src/engines/builtin/effects.ts';
import { builtinModels } from '../../src/engines/builtin/models.ts';
import type { Engine, EngineInput, EngineStatus, Operation } from '../../src/engines/engine.ts';

/** What the copying engine makes of a picture: its bytes behind the first box of an MP4. */
export function asVideo(picture: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1'), picture]);
}

/** An engine for tests of the server: it takes its time and then hands the picture's bytes back as the "video". */
export interface CopyingEngine extends Engine {
  /** Every input that was started, in order. */
  readonly started: { input: EngineInput; at: number }[];
}

/**
 * Options: how long the work takes in ms, and what each attempt of the process does instead of succeeding (the first
 * entry for the first start, and so on).
 */
export function createCopyingEngine(
  options: {
    milliseconds?: number;
    failures?: Extract<EngineStatus, { state: 'failed' }>[];
    /** Whether its models can end on a given picture. */
    lastFrame?: boolean;
    /** What it shows while it works, one after the other, about ten in all. */
    previews?: readonly Uint8Array[];
  } = {},
): CopyingEngine {
  const milliseconds = options.milliseconds ?? 10;
  const failures = [...(options.failures ?? [])];
  const previews = [...(options.previews ?? [])];
  const works = new Map<string, { until: number; input: EngineInput; failure: EngineStatus | undefined }>();
  const started: CopyingEngine['started'] = [];
  return {
    name: 'copying',
    effects: builtinEffects,
    models: builtinModels.map((model) => ({ ...model, lastFrame: options.lastFrame ?? false })),
    started,
    supports: () => [],
    async start(input): Promise<Operation> {
      started.push({ input, at: performance.now() });
      const work = `${input.taskId}-${input.attempt}`;
      works.set(work, { until: Date.now() + milliseconds, input, failure: failures.shift() });
      return { work };
    },
    async status({ work }, signal): Promise<EngineStatus> {
      const known = works.get(String(work));
      if (!known) {
        return { state: 'failed', code: 'engine-lost', reason: 'The work is not known.', retryable: true };
      }
      const rest = known.until - Date.now();
      if (rest > 0) {
        await sleep(Math.min(rest, 100), undefined, { signal }).catch(() => {});
        const done = 1 - Math.max(0, known.until - Date.now()) / milliseconds;
        const bytes = previews.shift();
        return {
          state: 'running',
          progress: Math.floor(100 * done),
          stage: 'rendering',
          ...(bytes && { preview: { bytes, contentType: 'image/jpeg', width: 320, height: 180 } }),
        };
      }
      if (known.failure) return known.failure;
      const { imagePath = '', videoPath, coverPath = imagePath, workDirectory } = known.input;
      const path = join(workDirectory, 'video.mp4');
      if (videoPath) await copyFile(videoPath, path);
      else await writeFile(path, asVideo(imagePath ? await readFile(imagePath) : Buffer.from('words')));
      const cover = join(workDirectory, 'cover.jpg');
      if (coverPath) await copyFile(coverPath, cover);
      return {
        state: 'completed',
        files: [
          { kind: 'video', path, contentType: 'video/mp4', width: 1280, height: 720, durationSeconds: 5.042 },
          ...(coverPath
            ? [{ kind: 'cover' as const, path: cover, contentType: 'image/jpeg', width: 1280, height: 720 }]
            : []),
        ],
        warnings: [],
        plan: { picture: { bytes: (await readFile(path)).length } },
      };
    },
    async cancel({ work }) {
      works.delete(String(work));
    },
    async close() {
      works.clear();
    },
  };
}
