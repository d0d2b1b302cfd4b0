import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/client.ts';
import { useKeys } from '../api/queries.ts';
import type { Key } from '../api/types.ts';
import { Button } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Failure } from '../parts/notice.tsx';
import { language, text } from '../text/index.ts';

/** API keys: made, shown once, revoked. */
export function Keys() {
  const client = useQueryClient();
  const { data: keys, error } = useKeys();
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () => call<{ apiKey: string }>('POST', 'keys', { name }),
    onSuccess: () => {
      setName('');
      return client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <section aria-label={text.account.keys}>
      <h2 className="mb-3 text-xl">{text.account.keys}</h2>
      <div className="card overflow-hidden">
        <ul className="divide-y divide-line">
          {keys?.map((key) => (
            <Row key={key.clientId} apiKey={key} />
          ))}
        </ul>
        {make.data && (
          <div role="status" className="border-t border-line bg-wash px-5 py-4">
            <p className="mb-2">{text.account.onceOnly}</p>
            <div className="flex items-center gap-2">
              <code
                data-testid="new-key"
                className="min-w-0 flex-1 rounded-lg bg-raised px-3 py-2 font-mono text-sm break-all"
              >
                {make.data.apiKey}
              </code>
              <CopyButton content={make.data.apiKey} />
            </div>
          </div>
        )}
        {(error ?? make.error) && <Failure error={error ?? make.error} />}
        <form onSubmit={submit} className="flex gap-2 border-t border-line p-4">
          <input
            aria-label={text.account.keyName}
            placeholder={text.account.keyHint}
            maxLength={60}
            className="field"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" disabled={make.isPending}>
            {text.account.newKey}
          </Button>
        </form>
      </div>
    </section>
  );
}

function Row({ apiKey: { clientId, name, createdAt, revokedAt } }: { apiKey: Key }) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => call('DELETE', `keys/${clientId}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  const date = new Date(createdAt).toLocaleDateString(language);
  return (
    <li className={`flex flex-wrap items-center gap-3 px-5 py-3 ${revokedAt ? 'text-quiet' : ''}`}>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name || text.account.unnamed}</p>
        <p className="truncate text-sm text-quiet">
          <span className="font-mono">{clientId}</span> ·{' '}
          {revokedAt ? text.account.revoked : text.account.made(date)}
        </p>
        {isAsking && <p className="text-sm text-bad">{text.account.revokeSure}</p>}
        {revoke.error && <Failure error={revoke.error} />}
      </div>
      {!revokedAt && (
        <Button
          look={isAsking ? 'bad' : 'quiet'}
          aria-label={`${text.account.revoke}: ${name || clientId}`}
          disabled={revoke.isPending}
          onClick={() => (isAsking ? revoke.mutate() : setAsking(true))}
        >
          {text.account.revoke}
        </Button>
      )}
    </li>
  );
}
