// Loaded into the built server (`--import`): tells the test that started it how long its event loop was held up at most, in
// ms, since the last question. In the test's own process the test's work would count as well.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION = 10;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
delays.enable();
process.on('message', () => {
  process.send({ stall: Math.max(0, delays.max / 1e6 - RESOLUTION) });
  delays.reset();
});
process.channel?.unref();
