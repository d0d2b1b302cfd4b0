import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compiledPath } from '../compiled.ts';
import { samplePath } from '../picture/testing/samples.ts';

const cli = compiledPath('../cli.ts', import.meta.url);

function plan(parameters: string[], input = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, 'plan', ...parameters], {
    input,
    encoding: 'utf8',
  });
  return { stdout, stderr, status, lines: stdout.trim().split('\n') };
}

describe('stillroar plan', () => {
  it('says what is seen and heard, each with the words that chose it', () => {
    const { lines, status } = plan(['slow pan left, heavy rain on the lake', '--json']);
    expect(status).toBe(0);
    const { prompt, picture, sound } = JSON.parse(lines[0]!);
    expect(prompt).toBe('slow pan left, heavy rain on the lake');
    expect(picture.moves).toMatchObject([{ kind: 'pan', direction: 'left', strength: 0.3 }]);
    expect(picture.motions.map(({ kind }: { kind: string }) => kind)).toEqual(['lake']);
    expect(picture.overlays).toMatchObject([{ kind: 'rain', why: 'prompt: "heavy rain"' }]);
    expect(sound.layers.map(({ generator }: { generator: string }) => generator)).toContain('rain');
  });

  it('reads one prompt a line', () => {
    const { lines } = plan(['-', '--json', '--picture'], 'zoom in\npan left\n');
    const plans = lines.map((line) => JSON.parse(line));
    expect(plans.map(({ prompt }) => prompt)).toEqual(['zoom in', 'pan left']);
    expect(plans.map(({ picture }) => picture.moves[0].kind)).toEqual(['zoom', 'pan']);
    expect(plans[0]).not.toHaveProperty('sound');
  });

  it('gives the sound plan itself when only that is wanted', () => {
    const { lines } = plan(['waves on the shore', '--sound', '--json']);
    expect(JSON.parse(lines[0]!)).toMatchObject({ prompt: 'waves on the shore', layers: expect.any(Array) });
  });

  it('looks into a picture for what is to move, and says what is not there', () => {
    const image = samplePath('stream.jpg');
    const { lines } = plan(['water, clouds', '--image', image, '--json', '--picture']);
    const { picture, warnings } = JSON.parse(lines[0]!);
    expect(picture.motions.map(({ kind }: { kind: string }) => kind)).toEqual(['water']);
    expect(warnings.map(({ code }: { code: string }) => code)).toEqual(['motion-region-not-found']);
  });

  it('reads well without --json, and says where a picture is not', () => {
    expect(plan(['zoom in, snow']).stdout).toMatch(/zoom in +0\.50 +prompt: "zoom in"\n +snow/);
    const { status, stderr } = plan(['zoom in', '--image', 'no/such/picture.jpg']);
    expect(status).toBe(1);
    expect(stderr).toContain('There is no picture at no/such/picture.jpg.');
  });
});
