import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useAccount } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { Failure, PageHead } from '../parts/notice.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { isChimeOn, setChime } from '../shell/announce.ts';
import { chooseTheme, readTheme } from '../shell/theme.ts';
import { language, text } from '../text/index.ts';
import { chooseLanguage, type Language, languages } from '../text/language.ts';
import { Keys } from './keys.tsx';
import { Ledger } from './ledger.tsx';

const megabytes = (bytes: number) => text.account.megabytes(Math.round(bytes / 1_000_000));

/** What the account has and may do, its keys and its ledger, and what this browser remembers. */
export default function AccountPage() {
  const { data: account, error } = useAccount();
  return (
    <>
      <PageHead title={text.account.title} />
      {error && <Failure error={error} />}
      {account && (
        <dl className="mb-8 grid gap-3 sm:grid-cols-3">
          <Fact name={text.account.credits} value={account.credits.toLocaleString(language)} />
          <Fact
            name={text.account.plan}
            value={text.account.plans[account.plan] ?? account.plan}
            note={text.account.limits(account.limits.tasksAtOnce, account.limits.seconds)}
          />
          <Fact
            name={text.account.uploads}
            value={megabytes(account.uploads.bytes)}
            note={text.account.of(megabytes(account.uploads.bytes), megabytes(account.uploads.quota))}
          />
        </dl>
      )}
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <Ledger />
        <div className="grid gap-8">
          <Keys />
          <Settings />
        </div>
      </div>
    </>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div className="card px-5 py-4">
      <dt className="eyebrow">{name}</dt>
      <dd className="font-serif text-3xl tracking-tight capitalize tabular-nums">{value}</dd>
      {note && <dd className="text-sm text-quiet">{note}</dd>}
    </div>
  );
}

function Settings() {
  const [theme, setTheme] = useState(readTheme);
  const [isHeard, setHeard] = useState(isChimeOn);
  const signOut = useMutation({
    mutationFn: () => call('DELETE', 'session'),
    onSuccess: () => location.assign('/'),
  });
  return (
    <section aria-label={text.account.settings}>
      <h2 className="mb-3 text-xl">{text.account.settings}</h2>
      <div className="card grid gap-4 p-5">
        <Segmented
          legend={text.account.language}
          value={language}
          options={Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }))}
          onChange={chooseLanguage}
        />
        <Segmented
          legend={text.account.theme}
          value={theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: text.account.themes[value],
          }))}
          onChange={(value) => {
            chooseTheme(value);
            setTheme(value);
          }}
        />
        <label className="flex items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={isHeard}
            onChange={(event) => {
              setChime(event.target.checked);
              setHeard(event.target.checked);
            }}
          />
          {text.account.chime}
        </label>
        {signOut.error && <Failure error={signOut.error} />}
        <Button className="justify-self-start" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          {text.account.signOut}
        </Button>
      </div>
    </section>
  );
}
