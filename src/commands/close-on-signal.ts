import type { App } from '../app.ts';

/** Ends the process with the app at the first SIGINT or SIGTERM; a second one does not wait. */
export function closeOnSignal(app: Pick<App, 'close'>): void {
  const stop = () => {
    // The default handler ends the process.
    process.off('SIGINT', stop).off('SIGTERM', stop);
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}
