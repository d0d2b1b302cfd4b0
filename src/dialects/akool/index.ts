import type { Dialect } from '../dialect.ts';
import { authenticate } from './authenticate.ts';
import { callback } from './callback.ts';
import { errorReply } from './errors.ts';
import { reference } from './reference.ts';
import { routes } from './routes.ts';

/** Akool's Image to Video, as its published pages describe it. */
export const akool: Dialect = {
  name: 'akool',
  prefixes: ['/api/open'],
  routes,
  authenticate,
  errorReply,
  reference,
  callback,
};
