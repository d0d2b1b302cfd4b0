import { downloadFromServer } from '../../net/ask-server.ts';
import { RemoteRefusal } from './index.ts';

/** The largest result, in bytes. */
const MOST_RESULT = 2_000_000_000;
const PATIENCE = 10 * 60_000;

/** Fetches a result that another server has named. */
export async function downloadResult(address: string, path: string, signal: AbortSignal): Promise<void> {
  const status = await downloadFromServer(address, path, {
    signal,
    mostBytes: MOST_RESULT,
    milliseconds: PATIENCE,
  });
  if (status !== 200) throw new RemoteRefusal(status, `The result answers with status ${status}.`);
}
