import { Command } from 'commander';
import { builtinEffects } from '../engines/builtin/effects.ts';

/** `stillroar effects`: what can happen to the subject of a picture. */
export const effectsCommand = new Command('effects')
  .description('list the effects that can happen to the subject of a picture')
  .option('--json', 'one JSON object a line')
  .action(({ json }: { json?: true }) => {
    for (const { code, name, summary } of builtinEffects) {
      console.log(
        json ? JSON.stringify({ code, name, summary }) : `${code.padEnd(22)} ${name.padEnd(12)} ${summary}`,
      );
    }
  });
