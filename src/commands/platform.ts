import { StillroarError } from '../errors.ts';

/**
 * Refuses platforms that the media libraries have no build for, before they are loaded and fail with a riddle.
 *
 * @throws StillroarError `configuration`
 */
export function checkPlatform(): void {
  if (process.platform !== 'linux') return;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  if (header.glibcVersionRuntime === undefined) {
    throw new StillroarError(
      'configuration',
      'Stillroar needs a Linux with glibc; this one uses musl (Alpine does). Use a Debian, Ubuntu, Fedora or ' +
        'similar system, or an image such as node:24-bookworm-slim.',
    );
  }
}
