import { Watch } from '../watch/watch.tsx';
import { MakeColumn } from './make-column.tsx';

/** One column to make, one to watch. */
export function CreatePage({ id }: { id?: string | undefined }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(22rem,26rem)_1fr]">
      <div
        className={`lg:sticky lg:top-16 lg:z-10 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto lg:rounded-2xl ${id ? 'order-last lg:order-none' : ''}`}
      >
        <MakeColumn />
      </div>
      <Watch id={id} />
    </div>
  );
}
