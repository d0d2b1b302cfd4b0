import { Link } from 'wouter';
import { useLedger } from '../api/queries.ts';
import type { LedgerEntry, Task } from '../api/types.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/notice.tsx';
import { language, text } from '../text/index.ts';

const DAYS = 14;
const DAY = 86_400_000;

const dayOf = (time: string | number) => new Date(time).toDateString();

/** What a charge is for, in this page's language: `image-to-video, 720p, 5 s` begins with the kind of a task. */
function sayReason(reason: string): string {
  const [kind = '', ...rest] = reason.split(', ');
  return kind in text.kinds ? [text.kinds[kind as Task['kind']], ...rest].join(', ') : reason;
}

/** Credits that were used on each of the last days, the oldest first; what came back is taken off. */
function usage(entries: readonly LedgerEntry[], now: number): { day: string; credits: number }[] {
  return Array.from({ length: DAYS }, (_, index) => {
    const day = dayOf(now - (DAYS - 1 - index) * DAY);
    const spent = entries.filter(({ entry, createdAt }) => entry !== 'grant' && dayOf(createdAt) === day);
    return { day, credits: Math.max(0, -spent.reduce((sum, { amount }) => sum + amount, 0)) };
  });
}

/** Every movement of the account's credits, and the last two weeks at a glance. */
export function Ledger() {
  const { data, error, hasNextPage, fetchNextPage } = useLedger();
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-label={text.account.ledger}>
      <h2 className="mb-3 text-xl">{text.account.ledger}</h2>
      <div className="card overflow-hidden">
        <Chart days={usage(entries, Date.now())} />
        {error && <Failure error={error} />}
        <table className="w-full text-left">
          <thead className="text-sm text-quiet">
            <tr className="border-y border-line">
              <th className="px-5 py-2 font-medium">{text.account.entry}</th>
              <th className="px-2 py-2 font-medium">{text.account.reason}</th>
              <th className="px-5 py-2 text-right font-medium">{text.account.amount}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td className="px-5 py-2 whitespace-nowrap">
                  {text.account.entries[entry.entry]}
                  <span className="block text-sm text-quiet tabular-nums">
                    {new Date(entry.createdAt).toLocaleDateString(language)}
                  </span>
                </td>
                <td className="px-2 py-2">
                  {entry.taskId ? (
                    <Link
                      href={`/task/${entry.taskId}`}
                      className="underline decoration-line underline-offset-2 hover:decoration-ink"
                    >
                      {sayReason(entry.reason)}
                    </Link>
                  ) : (
                    entry.reason
                  )}
                </td>
                <td className="px-5 py-2 text-right font-medium tabular-nums">
                  {entry.amount > 0 ? '+' : '−'}
                  {Math.abs(entry.amount).toLocaleString(language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {hasNextPage && (
          <div className="border-t border-line p-3 text-center">
            <Button onClick={() => fetchNextPage()}>{text.account.more}</Button>
          </div>
        )}
      </div>
    </section>
  );
}

function Chart({ days }: { days: { day: string; credits: number }[] }) {
  const most = Math.max(1, ...days.map(({ credits }) => credits));
  const total = days.reduce((sum, { credits }) => sum + credits, 0);
  return (
    <figure className="px-5 pt-5 pb-3">
      <figcaption className="mb-3 flex items-baseline justify-between">
        <span className="eyebrow">{text.account.spent}</span>
        <span className="font-serif text-xl tabular-nums">{total.toLocaleString(language)}</span>
      </figcaption>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${DAYS * 10} 40`}
        preserveAspectRatio="none"
        className="h-20 w-full"
      >
        {days.map(({ day, credits }, index) => {
          const height = Math.max(0.8, (38 * credits) / most);
          return (
            <rect
              key={day}
              x={index * 10 + 1.5}
              y={40 - height}
              width="7"
              height={height}
              className={credits > 0 ? 'fill-accent' : 'fill-line'}
            />
          );
        })}
      </svg>
    </figure>
  );
}
