#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { checkPlatform } from './commands/platform.ts';
import { StillroarError } from './errors.ts';
import { version } from './version.ts';

/** Exit codes: 1 = it failed, 2 = the command line is wrong, 130 = interrupted. */
const EXIT = { failed: 1, usage: 2, interrupted: 130 };

/** The commands in the order in which help lists them, each loaded when it is called: a server needs no renderer of its own. */
const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  'migrate-to': async () => (await import('./commands/migrate-to.ts')).migrateToCommand,
  animate: async () => (await import('./commands/animate.ts')).animateCommand,
  foley: async () => (await import('./commands/foley.ts')).foleyCommand,
  imagine: async () => (await import('./commands/imagine.ts')).imagineCommand,
  plan: async () => (await import('./commands/plan.ts')).planCommand,
  models: async () => (await import('./commands/models.ts')).modelsCommand,
  jobs: async () => (await import('./commands/jobs.ts')).jobsCommand,
  effects: async () => (await import('./commands/effects.ts')).effectsCommand,
  inspect: async () => (await import('./commands/inspect.ts')).inspectCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  mcp: async () => (await import('./commands/mcp.ts')).mcpCommand,
  accounts: async () => (await import('./commands/accounts.ts')).accountsCommand,
  keys: async () => (await import('./commands/keys.ts')).keysCommand,
  studio: async () => (await import('./commands/studio.ts')).studioCommand,
  workflows: async () => (await import('./commands/workflows.ts')).workflowsCommand,
};

async function main(): Promise<void> {
  checkPlatform();
  // Loaded after the check: their libraries do not load everywhere. All of them where help or a suggestion may be wanted.
  const named = Object.entries(commands).filter(([name]) => name === process.argv[2]);
  const wanted = named.length > 0 ? named : Object.entries(commands);
  const loaded = await Promise.all(wanted.map(([, load]) => load()));
  const program = new Command('stillroar')
    .description('Brings a still picture to life and gives it sound.')
    .version(version)
    .showSuggestionAfterError();
  for (const command of loaded) program.addCommand(command);
  for (const command of withSubcommands(program)) command.exitOverride();
  await program.parseAsync();
}

/** A command and all below it. */
function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

main().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  } else if (error instanceof StillroarError) {
    console.error(`stillroar: ${error.message}`);
    process.exitCode = error.code === 'cancelled' ? EXIT.interrupted : EXIT.failed;
  } else {
    console.error(error);
    process.exitCode = EXIT.failed;
  }
});
