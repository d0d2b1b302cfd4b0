import type { Dialect } from '../dialect.ts';
import { accountRoutes } from './account-routes.ts';
import { authenticate } from './authenticate.ts';
import { callback } from './callback.ts';
import { errorReply } from './errors.ts';
import { reference } from './reference.ts';
import { taskRoutes } from './task-routes.ts';

/** Our own API: what the studio, the client and the command line speak. */
export const native: Dialect = {
  name: 'native',
  prefixes: ['/api/v1'],
  routes: [...taskRoutes, ...accountRoutes],
  authenticate,
  errorReply,
  reference,
  callback,
  takesSessions: true,
};
