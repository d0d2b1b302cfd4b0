import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { guessManifest } from './guess-manifest.ts';
import { joinWorkflow, readGraph, readManifest } from './load-workflows.ts';

const words = { title: 'Mine', licence: 'Apache-2.0' };
const read = (name: string, file: string) =>
  readFileSync(new URL(`../../../workflows/${name}/${file}`, import.meta.url), 'utf8');
const graphOf = (name: string) => readGraph(read(name, 'workflow.json'), name);

describe('from the titles of its nodes a workflow’s manifest is guessed as it was written by hand', () => {
  test.each([
    'wan-2.2-i2v-14b',
    'wan-2.2-first-last',
    'wan-2.2-t2v-14b',
    'wan-2.2-ti2v-5b',
    'ltx-2',
    'mmaudio',
  ])('%s', (name) => {
    const byHand = readManifest(read(name, 'manifest.json'), name);
    const guessed = guessManifest(graphOf(name), words);
    for (const field of ['kind', 'framesPerSecond', 'outputs'] as const)
      expect(guessed[field]).toEqual(byHand[field]);
    for (const binding of ['prompt', 'image', 'lastImage', 'video', 'width', 'height', 'prefix'] as const) {
      expect(guessed.bindings[binding], binding).toEqual(byHand.bindings[binding]);
    }
    if (byHand.kind !== 'video-to-audio') {
      for (const field of ['frames', 'sizeMultiple'] as const) expect(guessed[field]).toEqual(byHand[field]);
      expect(guessed.seconds[0]).toBe(5);
    }
    expect(guessed.bindings.seed.length).toBeGreaterThan(0);
    expect(joinWorkflow('mine', guessed, graphOf(name)).name).toBe('mine');
  });
});

test('a graph whose prompt cannot be told says which title to give', () => {
  const graph = graphOf('wan-2.2-i2v-14b');
  for (const node of Object.values(graph)) delete node._meta;
  expect(() => guessManifest(graph, words)).toThrow(/no node titled "prompt"/);
});

test('two pictures that cannot be told apart say so', () => {
  const graph = graphOf('wan-2.2-first-last');
  for (const node of Object.values(graph)) if (node.class_type === 'LoadImage') delete node._meta;
  expect(() => guessManifest(graph, words)).toThrow(/2 nodes that may be meant by image \(11, 18\)/);
});
