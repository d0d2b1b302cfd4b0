import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bindGraph } from '../src/engines/comfyui/bind-graph.ts';
import { checkGraph } from '../src/engines/comfyui/check-graph.ts';
import { frameShape } from '../src/engines/comfyui/frame-shape.ts';
import { loadWorkflows } from '../src/engines/comfyui/load-workflows.ts';
import type { Workflow } from '../src/engines/comfyui/manifest.ts';
import type { NodeInfo } from '../src/engines/comfyui/transport.ts';
import { recordedNodes } from './support/comfyui.ts';

// The workflows of this repository, held against what a real ComfyUI said of its nodes.

const workflows = await loadWorkflows([fileURLToPath(new URL('../workflows', import.meta.url))]);

/** Nodes of ComfyUI that came after the recorded version: nothing is known of them here but their names. */
const newer = [
  'CheckpointLoaderSimple',
  'LTXAVTextEncoderLoader',
  'LTXVAudioVAELoader',
  'LTXVPreprocess',
  'LTXVEmptyLatentAudio',
  'LTXVConcatAVLatent',
  'LTXVSeparateAVLatent',
  'LTXVAudioVAEDecode',
  'ManualSigmas',
];

/** What the recorded server would say with the workflow's weights installed. */
function infosFor({ graph, manifest }: Workflow): Map<string, NodeInfo | undefined> {
  const weights = manifest.requires.models.map(({ name }) => name);
  const infos = new Map<string, NodeInfo | undefined>();
  for (const { class_type } of Object.values(graph)) {
    const info = structuredClone(recordedNodes[class_type]);
    for (const [input, definition] of Object.entries(info?.input.required ?? {})) {
      if (/_name$/.test(input) && Array.isArray(definition[0]) && /Loader/.test(class_type))
        definition[0].push(...weights);
    }
    infos.set(class_type, info);
  }
  return infos;
}

test('all seven are there', () => {
  expect(workflows.map(({ name }) => name)).toEqual([
    'hunyuanvideo-foley',
    'ltx-2',
    'mmaudio',
    'wan-2.2-first-last',
    'wan-2.2-i2v-14b',
    'wan-2.2-t2v-14b',
    'wan-2.2-ti2v-5b',
  ]);
});

describe.each(workflows)('$name', (workflow) => {
  const { graph, manifest } = workflow;
  const packed = manifest.requires.packs.flatMap(({ nodes }) => nodes);

  test('every node is the recorded server’s, newer, or of a pack that is named', () => {
    const unknown = Object.values(graph)
      .map(({ class_type }) => class_type)
      .filter((name) => !recordedNodes[name] && !newer.includes(name) && !packed.includes(name));
    expect(unknown).toEqual([]);
  });

  test('with a task’s values in it, inputs, choices and ranges are what the nodes take', () => {
    const shape = frameShape(manifest, 0, { width: 1600, height: 900 }, '720p', manifest.seconds[0]!);
    const bound = bindGraph(workflow, {
      prompt: 'a stream',
      negativePrompt: 'blur',
      image: 'example.png',
      lastImage: 'example.png',
      video: 'example.mp4',
      seed: 2 ** 31 - 1,
      ...shape,
      framesPerSecond: manifest.framesPerSecond,
      seconds: 5.2,
      prefix: 'stillroar/0-0',
    });
    const files = new Set(
      (['image', 'lastImage', 'video'] as const).flatMap((name) =>
        manifest.bindings[name].map(({ node, input }) => `${node} ${input}`),
      ),
    );
    const problems = checkGraph(bound, infosFor(workflow), files);
    expect(problems.filter(({ kind }) => kind !== 'no-node')).toEqual([]);
    expect(shape.frames / manifest.framesPerSecond).toBeGreaterThanOrEqual(manifest.seconds[0]!);
  });

  test('links carry what their ends take', () => {
    const offences: string[] = [];
    for (const [id, { class_type, inputs }] of Object.entries(graph)) {
      const { required = {}, optional = {} } = recordedNodes[class_type]?.input ?? {};
      for (const [input, value] of Object.entries(inputs)) {
        if (!Array.isArray(value)) continue;
        const source = graph[value[0] as string];
        if (!source) offences.push(`${id}.${input} comes from nowhere`);
        const given = recordedNodes[source?.class_type ?? '']?.output[value[1] as number];
        const taken = (required[input] ?? optional[input])?.[0];
        if (given && taken && given !== taken) offences.push(`${id}.${input} takes ${taken}, not ${given}`);
      }
    }
    expect(offences).toEqual([]);
  });

  test('weights and licence can be found', () => {
    expect(manifest.requires.models.length).toBeGreaterThan(0);
    for (const { url } of manifest.requires.models) expect(url).toMatch(/^https:/);
    expect(manifest.licence.url).toMatch(/^https:/);
    const isFree = /^Apache|^MIT/.test(manifest.licence.name);
    expect(manifest.licence.mustBeAccepted).toBe(!isFree);
  });
});
