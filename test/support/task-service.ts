import type { Account } from '../../src/credits/accounts.ts';
import { builtinModels } from '../../src/engines/builtin/models.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createReach } from '../../src/net/reach.ts';
import type { Links } from '../../src/storage/links.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { createTaskService, type TaskService } from '../../src/tasks/service.ts';
import type { TaskRequest } from '../../src/tasks/task.ts';
import type { Transitions } from '../../src/tasks/transitions.ts';
import type { TestDatabase } from './database.ts';

/** An engine that never does anything: what becomes of a task is decided by the test. */
const byHand: Engine = {
  name: 'by-hand',
  models: builtinModels,
  supports: () => [],
  start: async () => ({}),
  status: async () => ({ state: 'failed', code: 'engine-failed', reason: '', retryable: false }),
  cancel: async () => {},
  close: async () => {},
};

/** The account that a test database begins with. */
export function accountOf({ uid }: TestDatabase): Account {
  return {
    uid,
    teamId: 'f'.repeat(24),
    plan: 'pro',
    isSuspended: false,
    clientId: 'c'.repeat(16),
    clientSecret: 's'.repeat(24),
  };
}

/** A task service whose tasks nobody works on. */
export function createServiceByHand(
  { database, queue }: TestDatabase,
  parts: { transitions: Transitions; storage: Storage; links: Links },
): TaskService {
  return createTaskService({
    database,
    queue,
    engines: [byHand],
    queueLimit: 100,
    tasksAtOnce: { free: 2, pro: 20, studio: 50 },
    uploadsKept: 86_400,
    reach: createReach([]),
    ...parts,
  });
}

/** A request for a mute 5 s clip of 720p. */
export function taskRequest(input: Partial<TaskRequest['input']> = {}): TaskRequest {
  return {
    kind: 'image-to-video',
    model: 'builtin-fast',
    credits: 20,
    warnings: [],
    dialect: 'test',
    input: {
      image: '',
      lastImage: '',
      prompt: '',
      negativePrompt: '',
      extendPrompt: false,
      audio: 'none',
      audioUrl: '',
      resolution: '720p',
      seconds: 5,
      framesPerSecond: 24,
      premium: false,
      modelName: '',
      webhookUrl: '',
      ...input,
    },
  };
}
