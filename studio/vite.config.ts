import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

/** Builds the studio into dist/studio, from where the server serves it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL('../dist/studio', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome123', 'firefox125', 'safari17.5'],
    // The policy of the page allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Directives for servers that render React; there is none here.
    rolldownOptions: { checks: { moduleLevelDirective: false, pluginTimings: false } },
  },
  logLevel: 'warn',
});
