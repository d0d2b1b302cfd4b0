// Makes one clip, from a photograph or from words alone, and prints what it cost, as JSON: run in a process of its own,
// so that peak memory is its own.
import { createWriteStream } from 'node:fs';
import { animate, imagine } from '../dist/index.js';

const options = JSON.parse(process.argv[2]);
const started = performance.now();
await (options.image ? animate : imagine)(options);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
createWriteStream(null, { fd: 3 }).end(
  JSON.stringify({
    wallSeconds: (performance.now() - started) / 1000,
    userSeconds: userCPUTime / 1e6,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
  }),
);
