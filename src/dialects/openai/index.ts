import type { Dialect, TaskNews } from '../dialect.ts';
import { authenticate } from '../native/authenticate.ts';
import { errorReply } from './errors.ts';
import { reference } from './reference.ts';
import { routes } from './routes.ts';

/** The event that OpenAI sends about a video. */
function callback({ taskId, state, at }: TaskNews): string {
  return JSON.stringify({
    id: `evt_${taskId}_${state}`,
    object: 'event',
    created_at: Math.floor(at.getTime() / 1000),
    type: `video.${state}`,
    data: { id: `video_${taskId}` },
  });
}

/** OpenAI's Videos, which many tools and inference servers speak. Kling's own paths below `/v1/videos` stay Kling's. */
export const openai: Dialect = {
  name: 'openai',
  prefixes: ['/v1'],
  sharesPrefixes: true,
  takesForms: true,
  routes,
  authenticate,
  errorReply,
  reference,
  callback,
};
