import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workflows of this package, beside `src` and `dist` alike. */
export const shippedWorkflows = fileURLToPath(new URL('../../../workflows', import.meta.url));

/** Where the operator's own are kept. */
export function operatorWorkflows(dataDirectory: string): string {
  return join(dataDirectory, 'workflows');
}
