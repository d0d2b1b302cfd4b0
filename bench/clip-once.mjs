// Makes one clip and prints what it cost, as JSON: run in a process of its own, so that peak memory is its own.
import { createWriteStream } from 'node:fs';
import { animate } from '../dist/index.js';

const [image, out, resolution, prompt, audio] = process.argv.slice(2);
const started = performance.now();
await animate({ image, out, resolution, prompt, audio });
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
createWriteStream(null, { fd: 3 }).end(
  JSON.stringify({
    wallSeconds: (performance.now() - started) / 1000,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
  }),
);
