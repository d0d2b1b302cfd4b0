import type { Dialect } from '../dialect.ts';
import { authenticate } from './authenticate.ts';
import { callback } from './callback.ts';
import { errorReply } from './errors.ts';
import { reference } from './reference.ts';
import { routes } from './routes.ts';

/** Kling's Video to Audio and the calls that its clients make around it, as its published pages describe them. */
export const kling: Dialect = {
  name: 'kling',
  prefixes: ['/v1', '/account'],
  routes,
  authenticate,
  errorReply,
  reference,
  callback,
};
