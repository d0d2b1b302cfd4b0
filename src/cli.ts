#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { checkPlatform } from './commands/platform.ts';
import { StillroarError } from './errors.ts';
import { version } from './version.ts';

/** Exit codes: 1 = it failed, 2 = the command line is wrong, 130 = interrupted. */
const EXIT = { failed: 1, usage: 2, interrupted: 130 };

async function main(): Promise<void> {
  checkPlatform();
  // Loaded after the check: their libraries do not load everywhere.
  const { animateCommand } = await import('./commands/animate.ts');
  const { serveCommand } = await import('./commands/serve.ts');
  const { workerCommand } = await import('./commands/worker.ts');
  const { backupCommand } = await import('./commands/backup.ts');
  const { restoreCommand } = await import('./commands/restore.ts');
  const { migrateToCommand } = await import('./commands/migrate-to.ts');
  const { accountsCommand } = await import('./commands/accounts.ts');
  const { planCommand } = await import('./commands/plan.ts');
  const { effectsCommand } = await import('./commands/effects.ts');
  const { keysCommand } = await import('./commands/keys.ts');
  const { studioCommand } = await import('./commands/studio.ts');
  const { workflowsCommand } = await import('./commands/workflows.ts');
  const { foleyCommand } = await import('./commands/foley.ts');
  const { imagineCommand } = await import('./commands/imagine.ts');
  const { jobsCommand } = await import('./commands/jobs.ts');
  const { modelsCommand } = await import('./commands/models.ts');
  const { doctorCommand } = await import('./commands/doctor.ts');
  const { inspectCommand } = await import('./commands/inspect.ts');
  const { mcpCommand } = await import('./commands/mcp.ts');
  const program = new Command('stillroar')
    .description('Brings a still picture to life and gives it sound.')
    .version(version)
    .showSuggestionAfterError();
  for (const command of [
    serveCommand,
    workerCommand,
    backupCommand,
    restoreCommand,
    migrateToCommand,
    animateCommand,
    foleyCommand,
    imagineCommand,
    planCommand,
    modelsCommand,
    jobsCommand,
    effectsCommand,
    inspectCommand,
    doctorCommand,
    mcpCommand,
    accountsCommand,
    keysCommand,
    studioCommand,
    workflowsCommand,
  ]) {
    program.addCommand(command);
  }
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
