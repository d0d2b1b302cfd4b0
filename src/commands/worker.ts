import { Command } from 'commander';
import { createApp } from '../app.ts';
import { type Config, loadConfig, type SettingName } from '../config.ts';
import { createEngines } from '../engines/index.ts';
import { StillroarError } from '../errors.ts';
import { closeOnSignal } from './close-on-signal.ts';
import { addSettings } from './settings.ts';

/** @throws StillroarError `configuration` when a setting is missing that a worker cannot do without */
function checkConfig(config: Config): void {
  const missing = [
    config.databaseUrl ? '' : 'DATABASE_URL: the embedded database belongs to one process.',
    config.publicUrl ? '' : 'STILLROAR_PUBLIC_URL: what the URLs of the servers begin with.',
    config.slots > 0 ? '' : 'STILLROAR_SLOTS of 1 or more.',
  ].filter(Boolean);
  if (missing.length) {
    throw new StillroarError('configuration', `A worker needs\n${missing.join('\n')}`);
  }
}

async function run(flags: Partial<Record<SettingName, string>>): Promise<void> {
  const config = loadConfig(flags);
  checkConfig(config);
  const engines = await createEngines(config);
  // It listens nowhere, so that its address says nothing about what it may reach.
  const app = await createApp({ ...config, allowHosts: config.allowHosts ?? [] }, { engines }).catch(
    async (error: unknown) => {
      await Promise.all(engines.map((engine) => engine.close()));
      throw error;
    },
  );
  closeOnSignal(app);
  await app.work();
  console.log(`Stillroar works on up to ${config.slots} tasks at once.`);
}

/** `stillroar worker`: works on what servers on the same PostgreSQL and the same storage take in. */
export const workerCommand = addSettings(
  new Command('worker').description('work on the tasks of other servers, on their PostgreSQL').action(run),
);
