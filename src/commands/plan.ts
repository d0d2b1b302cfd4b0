import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { prepareFilm } from '../engines/builtin/analyse.ts';
import { effectShot, effectSounds, findEffect } from '../engines/builtin/effects.ts';
import type { Warning } from '../engines/engine.ts';
import { StillroarError } from '../errors.ts';
import { direct } from '../picture/direct/direct.ts';
import type { Shot } from '../picture/direct/shot.ts';
import { planSound, type SoundPlan } from '../sound/index.ts';
import { wholeNumber } from './parse.ts';

interface PlanFlags {
  picture?: true;
  sound?: true;
  image?: string;
  effect?: string;
  negative: string;
  seconds: number;
  seed: number;
  extend?: true;
  json?: true;
}

/** What would be made of a prompt. */
interface Plan {
  prompt: string;
  picture?: Shot;
  sound?: SoundPlan;
  /** What the picture does not have; only with a picture. */
  warnings?: Warning[];
}

async function makePlan(prompt: string, flags: PlanFlags): Promise<Plan> {
  const { image, negative, seconds, seed } = flags;
  const effect = flags.effect === undefined ? undefined : findEffect(flags.effect);
  const isWhole = !flags.picture === !flags.sound;
  const plan: Plan = { prompt };
  if (isWhole || flags.picture) {
    const brief = { prompt, negativePrompt: negative, extendPrompt: flags.extend === true, seed };
    if (image === undefined) plan.picture = effect ? effectShot(effect, seed) : direct(brief);
    else {
      const { film, warnings } = await prepareFilm({
        ...brief,
        kind: 'image-to-video',
        taskId: 'plan',
        attempt: 1,
        workDirectory: '',
        model: 'builtin-fast',
        quality: 'fast',
        imagePath: image,
        soundPrompt: '',
        musicPrompt: '',
        audio: 'none',
        resolution: '720p',
        seconds,
        framesPerSecond: 24,
        ...(effect && { effect: effect.code }),
      });
      plan.picture = film.shot;
      plan.warnings = warnings;
    }
  }
  if (isWhole || flags.sound) {
    const words = effect ? { prompt: '', preset: effectSounds(effect, seconds) } : { prompt };
    plan.sound = planSound({ ...words, soundPrompt: '', musicPrompt: '', seconds, seed });
  }
  return plan;
}

/** One object a line; the sound plan itself when nothing else was asked for. */
function asJson({ sound, ...plan }: Plan, { picture, sound: onlySound }: PlanFlags): string {
  return JSON.stringify(onlySound && !picture ? { prompt: plan.prompt, ...sound } : { ...plan, sound });
}

function asText({ prompt, picture, sound, warnings = [] }: Plan): string {
  const lines = [`“${prompt}”`];
  const line = (name: string, strength: number, why: string) =>
    lines.push(`  ${name.padEnd(24)} ${strength.toFixed(2)}  ${why}`);
  for (const { kind, direction, strength, why } of picture?.moves ?? []) {
    line([kind, direction].filter(Boolean).join(' '), strength, why);
  }
  for (const { kind, strength, why } of [
    ...(picture?.motions ?? []),
    ...(picture?.overlays ?? []),
    ...(picture?.grades ?? []),
  ]) {
    line(kind, strength, why);
  }
  for (const { generator, why } of sound?.layers ?? [])
    lines.push(`  ${`sound: ${generator}`.padEnd(30)}${why}`);
  for (const { message } of warnings) lines.push(`  Note: ${message}`);
  return lines.join('\n');
}

async function run(prompt: string, flags: PlanFlags): Promise<void> {
  const prompts = prompt === '-' ? createInterface({ input: process.stdin }) : [prompt];
  for await (const words of prompts) {
    const plan = await makePlan(words, flags).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new StillroarError('invalid-field', `There is no picture at ${flags.image}.`);
    });
    console.log(flags.json ? asJson(plan, flags) : asText(plan));
  }
}

/** `stillroar plan`: what would be made of a prompt, and from which words; nothing is rendered. */
export const planCommand = new Command('plan')
  .description('say what would be made of a prompt, and from which words, without making it')
  .argument('<prompt>', 'the prompt, or - to read one a line')
  .option('--picture', 'only what is seen')
  .option('--sound', 'only what is heard')
  .option('--image <file>', 'look in this picture for what is to move')
  .option('--effect <code>', 'what happens to the subject; see `stillroar effects`')
  .option('--negative <text>', 'what must not happen', '')
  .option('--extend', 'add a second movement, and what moves by itself')
  .option('-s, --seconds <number>', 'length', wholeNumber(1, 60), 5)
  .option('--seed <number>', 'the same seed gives the same plan', wholeNumber(0, 2 ** 31 - 1), 1)
  .option('--json', 'one JSON object a line')
  .action(run);
