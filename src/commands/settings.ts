import type { Command } from 'commander';
import { type SettingName, settings } from '../config.ts';

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Gives a command every setting as a flag. */
export function addSettings(command: Command): Command {
  command.addHelpText(
    'after',
    '\nEvery option can also be set in the environment, in .env or in stillroar.config.json.',
  );
  for (const name of Object.keys(settings) as SettingName[]) {
    const { about, env, default: absent } = settings[name];
    const value = typeof absent === 'boolean' ? '[value]' : '<value>';
    command.option(`--${kebab(name)} ${value}`, `${about} [${env}]`);
  }
  return command;
}
