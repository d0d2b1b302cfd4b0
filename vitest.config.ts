import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-setup.ts'],
    setupFiles: ['test/support/check-answers.ts'],
    // Renders, databases and servers share two cores in the smallest supported machine.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // What a page shows may take a while on a busy machine.
    expect: { poll: { timeout: 20_000 } },
  },
});
