import type { Command } from 'commander';
import { type Setting, type SettingName, settings } from '../config.ts';

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What a setting means, its name in the environment, and what it is when it is not given. */
function aboutSetting({ about, env, default: value, defaultText }: Setting<unknown>): string {
  const isPlain = typeof value === 'string' || typeof value === 'number';
  const text = defaultText ?? (isPlain ? String(value) : '');
  return `${about} [${env}${text && `, default ${text}`}]`;
}

/** Gives a command every setting as a flag. */
export function addSettings(command: Command): Command {
  command.addHelpText(
    'after',
    '\nEvery option can also be set in the environment, in .env or in stillroar.config.json.',
  );
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = typeof settings[name].default === 'boolean' ? '[value]' : '<value>';
    command.option(`--${kebab(name)} ${value}`, aboutSetting(settings[name]));
  }
  return command;
}
