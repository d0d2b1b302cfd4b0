import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { createAiSdkService } from './ai-sdk/index.ts';
import { loadVideoModels } from './ai-sdk/load-models.ts';
import { depthModelFinder } from './builtin/depth-file.ts';
import { createBuiltinEngine } from './builtin/index.ts';
import { createComfyEngine } from './comfyui/index.ts';
import { loadWorkflows } from './comfyui/load-workflows.ts';
import { operatorWorkflows, shippedWorkflows } from './comfyui/workflow-folders.ts';
import type { Engine } from './engine.ts';
import { createFinisher } from './finish/finisher.ts';
import { withFinish } from './finish/index.ts';
import { createOpenAiVideosEngine } from './openai-videos/index.ts';
import { createRemoteEngine } from './remote/index.ts';
import { createAkoolService } from './upstream/akool.ts';
import { createKlingService } from './upstream/kling.ts';

/**
 * Every engine, in the order in which they are asked. A new engine is one folder and one line here; one whose results
 * come from another machine goes through {@link withFinish}.
 * @throws StillroarError `configuration` for a workflow, a video model or a depth model that is not right
 */
export async function createEngines(config: Config): Promise<Engine[]> {
  const workflows = config.comfyuiUrl
    ? await loadWorkflows([shippedWorkflows, operatorWorkflows(resolve(config.data))])
    : [];
  const videoModels = config.videoModels && (await loadVideoModels(config.videoModels));
  const builtin = createBuiltinEngine(depthModelFinder(config));
  const finisher = createFinisher();
  const remote: Engine[] = [];
  if (config.comfyuiUrl) {
    remote.push(
      createComfyEngine({
        urls: config.comfyuiUrl,
        headers: config.comfyuiHeaders,
        workflows,
        accepted: config.comfyuiAccept,
        media: finisher,
      }),
    );
  }
  if (config.openaiVideosUrl) {
    remote.push(
      createOpenAiVideosEngine({
        url: config.openaiVideosUrl,
        key: config.openaiVideosKey,
        flavour: config.openaiVideosFlavour,
        media: finisher,
      }),
    );
  }
  if (config.klingKeys) {
    remote.push(createRemoteEngine(createKlingService({ url: config.klingUrl, ...config.klingKeys })));
  }
  if (config.akoolKey) {
    remote.push(createRemoteEngine(createAkoolService({ url: config.akoolUrl, key: config.akoolKey })));
  }
  if (videoModels) remote.push(createRemoteEngine(createAiSdkService(videoModels, finisher)));
  return [builtin, ...remote.map((engine) => withFinish(engine, builtin, finisher))];
}
