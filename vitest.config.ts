import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // No plugins: these tests run what Node itself runs (facts: with the app's plugins Vitest sometimes hung).
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{unit,property,relay,attacks,architecture}/**/*.test.ts'],
          // Limits, not waits: nothing here may depend on how fast the machine is.
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      }
    ],
    maxWorkers: 2
  }
});
