import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadWorkflows } from '../engines/comfyui/load-workflows.ts';
import { operatorWorkflows, shippedWorkflows } from '../engines/comfyui/workflow-folders.ts';
import { workflowsCommand } from './workflows.ts';

async function run(...words: string[]): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await workflowsCommand.parseAsync(words, { from: 'user' });
    return log.mock.calls.flat().join('\n');
  } finally {
    log.mockRestore();
  }
}

test('a workflow of the operator’s is added, listed and loaded', async () => {
  const data = await mkdtemp(join(tmpdir(), 'stillroar-workflows-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const file = join(data, 'My Film.json');
  await writeFile(file, await readFile(join(shippedWorkflows, 'wan-2.2-ti2v-5b', 'workflow.json')));
  await expect(run('add', file, '--data', data)).rejects.toThrow('--name');
  const said = await run('add', file, '--name', 'my-film', '--licence', 'MIT', '--data', data);
  expect(said).toContain('my-film: image-to-video, 5 s, 24 frames a second');
  expect(said).toContain('text of node 2 (CLIPTextEncode)');
  const [added] = await loadWorkflows([operatorWorkflows(data)]);
  expect(added).toMatchObject({ name: 'my-film', manifest: { licence: { name: 'MIT' }, sizeMultiple: 32 } });
  const listed = await run('list', '--data', data);
  expect(listed).toContain('my-film');
  expect(listed).toContain('CC-BY-NC-4.0');
});
