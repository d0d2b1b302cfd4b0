import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { useDeliveries } from '../api/queries.ts';
import type { Delivery } from '../api/types.ts';
import { Button } from '../parts/button.tsx';
import { Failure, Nothing } from '../parts/notice.tsx';
import { language, text } from '../text/index.ts';

/** What callers were told, whether it arrived, and a button to tell it again. */
export function Deliveries() {
  const { data, error, hasNextPage, fetchNextPage } = useDeliveries();
  const deliveries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-label={text.activity.webhooks} className="mt-10">
      <h2 className="eyebrow mb-3 font-sans">{text.activity.webhooks}</h2>
      {error && <Failure error={error} />}
      {data && deliveries.length === 0 && (
        <Nothing title={text.activity.noWebhooks}>{text.activity.noWebhooksAbout}</Nothing>
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {deliveries.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      {hasNextPage && (
        <Button className="mt-4" onClick={() => fetchNextPage()}>
          {text.library.more}
        </Button>
      )}
    </section>
  );
}

function Row({ delivery }: { delivery: Delivery }) {
  const client = useQueryClient();
  const { id, event, url, state, attempts, createdAt } = delivery;
  const resend = useMutation({
    mutationFn: () => call('POST', `webhooks/${id}/resend`),
    onSettled: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  const last = attempts.at(-1);
  const outcome = [
    text.activity.states[state],
    attempts.length > 0 && text.activity.attempts(attempts.length),
    last && (last.problem ?? `HTTP ${last.status}, ${last.milliseconds} ms`),
  ];
  return (
    <li className="card flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <span
        aria-hidden="true"
        className={`size-2.5 rounded-full ${state === 'delivered' ? 'bg-accent' : state === 'failed' ? 'bg-bad' : 'bg-line'}`}
      />
      <div className="min-w-0 flex-1 basis-52">
        <p className="truncate">
          <span className="font-medium">{event}</span> <span className="text-quiet">{url}</span>
        </p>
        <p className="text-sm text-quiet">{outcome.filter(Boolean).join(' · ')}</p>
        {resend.error && <Failure error={resend.error} />}
      </div>
      <time dateTime={createdAt} className="text-sm text-quiet tabular-nums">
        {new Date(createdAt).toLocaleString(language)}
      </time>
      <Button
        aria-label={`${text.activity.resend}: ${event}`}
        disabled={resend.isPending}
        onClick={() => resend.mutate()}
      >
        {text.activity.resend}
      </Button>
    </li>
  );
}
