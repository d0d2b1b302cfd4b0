// Puts the modules that a process or a thread loads into few files: Node takes about a millisecond for each that it opens, and
// a server would open 500, a thread that draws one clip 80. The modules themselves stay in dist/ beside them.
import { dirname, relative, resolve } from 'node:path';
import { build } from 'vite';

/** What is started by its path, below `src/` and without its ending. */
const entries = [
  'cli',
  'index',
  'database/embedded-thread',
  'engines/builtin/child',
  'engines/builtin/depth-child',
  'engines/builtin/repaint-worker',
  'engines/builtin/sound-worker',
  'engines/builtin/warp-worker',
  'engines/finish/child',
  'media/measure-child',
];

/** A module goes on knowing its own place: it finds workers, kernels and samples from there. */
function keepOwnUrls(root) {
  const source = resolve(root, 'src');
  return {
    name: 'keep-own-urls',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(source) || !code.includes('import.meta.url')) return;
      const name = relative(source, id).replace(/\.ts$/, '.js');
      return { code: code.replaceAll('import.meta.url', `__urlOf__(${JSON.stringify(name)})`), map: null };
    },
    renderChunk(code, { fileName }) {
      const up = relative(dirname(fileName), '.') || '.';
      return {
        code: code.replace(/__urlOf__\("([^"]+)"\)/g, `new URL("${up}/$1", import.meta.url).href`),
        map: null,
      };
    },
  };
}

/** Bundles the entries of `src/` over those that the compiler wrote into `dist/`. */
export async function bundle(root) {
  await build({
    root,
    configFile: false,
    publicDir: false,
    // Of hundreds of small modules; whoever passes dist/ on passes on their notices in NOTICE.
    ssr: { noExternal: ['kysely', 'zod'] },
    logLevel: 'warn',
    plugins: [keepOwnUrls(root)],
    build: {
      ssr: true,
      outDir: 'dist',
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(entries.map((name) => [name, resolve(root, 'src', `${name}.ts`)])),
        output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'bundled/[name]-[hash].js' },
      },
    },
  });
}
