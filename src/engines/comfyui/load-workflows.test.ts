import { expect, test } from 'vitest';
import { stillWorkflow } from '../../../test/support/comfy-workflows.ts';
import { joinWorkflow, readGraph, readManifest } from './load-workflows.ts';

test('a workflow as the editor saves it is refused with how to export it', () => {
  const saved = JSON.stringify({ nodes: [{ id: 1, type: 'LoadImage' }], links: [], version: 0.4 });
  expect(() => readGraph(saved, 'mine.json')).toThrow(/mine\.json .* Export \(API\)/);
  expect(() => readGraph('{}', 'mine.json')).toThrow('no ComfyUI workflow in API format');
  expect(() => readGraph('nonsense', 'mine.json')).toThrow('no JSON');
});

test('a manifest names every field that is wrong', () => {
  const read = () => readManifest('{ "kind": "image-to-music", "frames": "5n" }', 'manifest.json');
  expect(read).toThrow(/kind/);
  expect(read).toThrow(/frames/);
  expect(read).toThrow(/licence/);
});

test('a place that the graph does not have is named', () => {
  const { manifest, graph } = stillWorkflow();
  const bindings = { ...manifest.bindings, prompt: [{ node: '77', input: 'text' }] };
  expect(() => joinWorkflow('mine', { ...manifest, bindings }, graph)).toThrow(
    'prompt goes to input text of node 77',
  );
  const unbound = { ...manifest.bindings, image: [] };
  expect(() => joinWorkflow('mine', { ...manifest, bindings: unbound }, graph)).toThrow('image is bound');
});

test('a graph with chance in it needs a place for the seed', () => {
  const { manifest, graph } = stillWorkflow();
  const random = { ...graph, '9': { class_type: 'KSampler', inputs: { seed: 1 } } };
  expect(() => joinWorkflow('mine', manifest, random)).toThrow('seed is bound');
});

test('a video in pieces needs a place for the picture that the next one begins with', () => {
  const { manifest, graph } = stillWorkflow();
  const bindings = { ...manifest.bindings, image: [], prompt: manifest.bindings.prefix };
  const words = { ...manifest, kind: 'text-to-video' as const, bindings };
  expect(joinWorkflow('mine', words, graph).manifest.piece).toBeUndefined();
  expect(() => joinWorkflow('mine', { ...words, piece: 5 }, graph)).toThrow('image is bound');
});
