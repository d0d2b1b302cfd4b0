/** The embedded PostgreSQL on a thread of its own: whatever holds it up, a commit or its housekeeping, holds up no request. */
import { parentPort, workerData } from 'node:worker_threads';
import { openPrepared } from './open-prepared.ts';

const port = parentPort!;
const pglite = await openPrepared(workerData);
// Messages of PostgreSQL's protocol come in and go out; null ends.
port.on('message', async (bytes: Uint8Array<ArrayBuffer> | null) => {
  if (bytes) {
    const answer = pglite.execProtocolRawSync(bytes);
    port.postMessage(answer, [answer.buffer as ArrayBuffer]);
  } else {
    await pglite.close();
    port.close();
  }
});
port.postMessage(null);
