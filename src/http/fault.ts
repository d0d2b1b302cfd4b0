import type { IncomingHttpHeaders } from 'node:http';
import { StillroarError } from '../errors.ts';
import { type Fault, faults } from '../tasks/fault.ts';

/**
 * What the header `x-stillroar-fault` asks to go wrong.
 * @throws StillroarError `invalid-field` for what is no fault
 */
export function readFault(headers: IncomingHttpHeaders): Fault | undefined {
  const wanted = headers['x-stillroar-fault'];
  if (wanted === undefined) return undefined;
  const fault = faults.find((known) => known === wanted);
  if (fault) return fault;
  throw new StillroarError('invalid-field', `x-stillroar-fault must be one of ${faults.join(', ')}.`);
}
