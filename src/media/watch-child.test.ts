import { type ChildProcess, spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { askPs, readUsage, watchChild } from './watch-child.ts';

const run = (program: string) => spawn(process.execPath, ['-e', program], { stdio: 'ignore' });

/** Ends the child as soon as it passes a limit, and answers which. */
function limitPassed(child: ChildProcess, limits: { bytes: number; cpuSeconds: number }) {
  return new Promise<string>((resolve) => {
    const watch = watchChild(child.pid!, { ...limits, cpuSeconds: () => limits.cpuSeconds }, (limit) => {
      child.kill('SIGKILL');
      resolve(limit);
    });
    child.once('exit', () => {
      watch.stop();
      resolve('ended');
    });
  });
}

test('ends what takes memory without end', async () => {
  const child = run('const all = []; setInterval(() => all.push(Buffer.alloc(2e7, 1)), 5)');
  expect(await limitPassed(child, { bytes: 400e6, cpuSeconds: 100 })).toBe('memory');
});

test('ends what computes without a sign of life, and nothing that only waits', async () => {
  expect(await limitPassed(run('for (;;);'), { bytes: 2e9, cpuSeconds: 0.5 })).toBe('time');
  expect(await limitPassed(run('setTimeout(() => {}, 1500)'), { bytes: 2e9, cpuSeconds: 0.5 })).toBe('ended');
});

test.runIf(process.platform === 'linux')('/proc and ps say the same', async () => {
  const [own, ps] = [await readUsage(process.pid), await askPs(process.pid)];
  expect(Math.abs(own!.cpuSeconds - ps.cpuSeconds)).toBeLessThan(2);
  expect(ps.bytes / own!.bytes).toBeGreaterThan(0.7);
  expect(ps.bytes / own!.bytes).toBeLessThan(1.4);
  expect(await readUsage(2 ** 22 + 1)).toBeUndefined();
});
