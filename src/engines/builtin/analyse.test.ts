import { expect, test } from 'vitest';
import { engineInput } from '../../../test/support/engine-input.ts';
import { direct } from '../../picture/direct/direct.ts';
import type { Shot } from '../../picture/direct/shot.ts';
import { cameraPath } from '../../picture/render/camera.ts';
import { fitPath } from '../../picture/render/fit.ts';
import { prepareFilm, readPicture } from './analyse.ts';

/** What a prompt asks for, and nothing by itself. */
const shotOf = (prompt: string): Shot => {
  const shot = direct({ prompt, negativePrompt: '', extendPrompt: false, seed: 1 });
  return { ...shot, motions: shot.motions.filter(({ why }) => why.startsWith('prompt')) };
};
const prepare = (prompt: string) => prepareFilm(engineInput('/unused'), shotOf(prompt));

test.each(['zoom in', 'pan left', 'static'])(
  '"%s" alone is filmed as if depth were known, without looking for it',
  async (prompt) => {
    const { film, source, pictures } = await prepare(prompt);
    const { shot, relief, fit, regions } = film;
    expect(relief.values.length).toBe(4);
    expect(regions).toEqual([]);
    const { disparity } = await readPicture(pictures[0]!, source);
    const known = fitPath(cameraPath(shot), disparity, source.width / source.height);
    expect(fit.zoom).toBeCloseTo(known.zoom, 3);
    expect(fit.gain).toBeCloseTo(known.gain, 3);
  },
);

test.each(['push in', 'static, snow falls', 'static, the water flows'])(
  'for "%s" the picture is looked at',
  async (prompt) => {
    expect((await prepare(prompt)).film.relief.values.length).toBeGreaterThan(100_000);
  },
);
