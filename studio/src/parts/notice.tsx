import type { ReactNode } from 'react';
import { StillroarError } from '../api/client.ts';
import { text } from '../text/index.ts';

function sayError({ code, message }: StillroarError): string {
  return code === 'unreachable' ? text.failure.unreachable : text.failure.said(code, message);
}

/** Something went wrong, in a sentence, with what can be done. */
export function Failure({ error, children }: { error: Error | null; children?: ReactNode }) {
  const message = error instanceof StillroarError ? sayError(error) : (error as Error).message;
  return (
    <div role="alert" className="rounded-xl bg-bad-wash px-4 py-3 text-bad">
      <p>{message}</p>
      {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}

/** Where nothing is yet, and how that changes. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid place-items-center gap-3 rounded-2xl border border-dashed border-line px-6 py-16 text-center">
      <h2 className="text-xl">{title}</h2>
      <div className="max-w-md text-quiet">{children}</div>
    </div>
  );
}

/** The head of a page. */
export function PageHead({
  title,
  about,
  children,
}: {
  title: string;
  about?: string;
  children?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div>
        <h1 className="text-3xl tracking-tight">{title}</h1>
        {about && <p className="mt-1 max-w-2xl text-pretty text-quiet">{about}</p>}
      </div>
      {children}
    </header>
  );
}
