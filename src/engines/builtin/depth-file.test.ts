import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createEngines } from '../index.ts';
import { depthModelFinder, depthModelPath, publishedDepthModel } from './depth-file.ts';

async function dataDirectory(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'stillroar-models-'));
  onTestFinished(() => rm(data, { recursive: true }));
  return data;
}

test('a model that is fetched while the server runs is found by the next task, and missed once it is removed', async () => {
  const config = readConfig({ flags: { data: await dataDirectory() } });
  const find = depthModelFinder(config);
  expect(find()).toBeUndefined();
  const path = depthModelPath(config);
  await mkdir(dirname(path));
  await writeFile(path, 'a model');
  expect(find()).toBe(path);
  await rm(path);
  expect(find()).toBeUndefined();
});

test('the one that the operator names goes first, whatever has been fetched', async () => {
  const data = await dataDirectory();
  const own = join(data, 'own.onnx');
  await writeFile(own, 'a model');
  // Render children may have another working directory.
  const depthModel = relative(process.cwd(), own);
  expect(depthModelFinder(readConfig({ flags: { data, depthModel } }))()).toBe(own);
});

test('a server does not start with a name that leads nowhere', async () => {
  const config = readConfig({ flags: { depthModel: '/nowhere/model.onnx', slots: '0' } });
  await expect(createEngines(config)).rejects.toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('STILLROAR_DEPTH_MODEL names /nowhere/model.onnx, which is not there.'),
  });
});

test('what is fetched is one certain file, over an encrypted connection', () => {
  expect(publishedDepthModel.url).toMatch(/^https:\/\/[^/]+\/.*\/resolve\/[0-9a-f]{40}\//);
  expect(publishedDepthModel.sha256).toMatch(/^[0-9a-f]{64}$/);
});
