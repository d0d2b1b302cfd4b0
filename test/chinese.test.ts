import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { aliasWarning } from '../src/dialects/kling/models.ts';
import { builtinModels } from '../src/engines/builtin/models.ts';
import { checkPaintable } from '../src/engines/builtin/paint-picture.ts';
import type { Warning } from '../src/engines/engine.ts';
import { chooseFit } from '../src/engines/finish/choose-fit.ts';
import { errorTable } from '../src/errors.ts';
import { videoSize } from '../src/picture/render/size.ts';
import { said } from '../studio/src/text/zh-said.ts';

// What the server remarks in English, the studio says in Chinese.

const src = fileURLToPath(new URL('../src/', import.meta.url));
const isChinese = (sentence: string) => /\p{Script=Han}.*。$/u.test(sentence);

/** Every sentence that stands in a source, with 7 where a value comes. */
function sentencesOf(source: string): string[] {
  const joined = source.replace(/\$\{[^}]*\}/g, '7').replace(/['`] \+\n\s*['`]/g, '');
  return [...joined.matchAll(/['`]([^'`\n]+)['`]/g)].map(([, text]) => text!);
}

test('every remark that the source holds has Chinese words, and they find its values', () => {
  const remarks = readdirSync(src, { recursive: true, encoding: 'utf8' })
    // What commands remark is printed, and never in the studio.
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('commands/'))
    .map((path) => readFileSync(src + path, 'utf8'))
    .filter((source) => /\bWarning\b|\bwarnings\b/.test(source))
    .flatMap((source) =>
      [...source.matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)',?\s+message\b/g)].map(([, code]) => ({
        code: code!,
        sentences: sentencesOf(source),
      })),
    )
    .filter(({ code }) => !(code in errorTable));
  // Those are a foreign model's own words.
  const ours = remarks.filter(({ code }) => code !== 'model-warning');
  expect(new Set(ours.map(({ code }) => code)).size).toBeGreaterThan(20);
  const mute = ours.filter(({ code, sentences }) => !sentences.some((each) => isChinese(said(code, each))));
  expect(mute.map(({ code }) => code)).toEqual([]);
});

test('the values of a sentence are kept', () => {
  const [model] = builtinModels;
  const fit = chooseFit(
    {
      container: 'mov',
      video: { width: 1248, height: 704, durationSeconds: 4.2, framesPerSecond: 16, codec: 'h264' } as never,
    },
    { resolution: '720p', seconds: 5, framesPerSecond: 24 },
  );
  const remarks: Warning[] = [
    aliasWarning('kling-v2', model!),
    ...checkPaintable('a cat on a sofa by the sea'),
    ...videoSize({ width: 9_000, height: 500 }, '4k').warnings,
    ...fit.warnings,
  ];
  expect(remarks.map(({ code, message }) => said(code, message))).toEqual([
    '这里没有 kling-v2，由本服务器的模型 builtin-fast 完成。',
    '画不出 “cat”, “sofa”：视频展示的是没有它的场景。',
    '按 4k 这张图片会过大，视频为 8192 × 456。',
    '模型绘制的是 1248 × 704，与 720p 足够接近，保持原样。',
    '模型制作了 4.2 秒，要求的是 5 秒。',
    '模型每秒制作 16 帧，要求的是 24 帧。',
  ]);
});

test('words that name no place are refused with the places that there are', () => {
  const refuse = (prompt: string) => {
    try {
      checkPaintable(prompt);
    } catch (error) {
      return said('invalid-field', (error as Error).message);
    }
    return undefined;
  };
  expect(refuse('a cat')).toMatch(/^文字里没有可以绘制的地方（画不出 “cat”）。.*underwater, .*sky/);
  expect(refuse('happiness')).toMatch(/^文字里没有可以绘制的地方.*underwater, .*sky/);
});

test('what has no Chinese words stays as it is', () => {
  expect(said('invalid-field', 'seconds must be 5 or 10.')).toBe('seconds must be 5 or 10.');
  expect(said('model-warning', 'The model is old.')).toBe('The model is old.');
});
