import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, StillroarError } from '../api/client.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/notice.tsx';
import { text } from '../text/index.ts';

/** What a browser sees that is not signed in. */
export function SignIn({ onSignedIn }: { onSignedIn(): void }) {
  const [key, setKey] = useState('');
  const signIn = useMutation({
    mutationFn: () => call('POST', 'session', undefined, { authorization: `Bearer ${key.trim()}` }),
    onSuccess: onSignedIn,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const isRefused = signIn.error instanceof StillroarError && (signIn.error.status ?? 500) < 500;
  return (
    <main
      id="content"
      className="grid min-h-dvh grid-rows-[auto_1fr] md:grid-cols-[1.2fr_1fr] md:grid-rows-1"
    >
      <img src="/samples/stream.jpg" alt="" className="h-[36dvh] w-full object-cover md:h-dvh" />
      <form onSubmit={submit} className="flex max-w-md flex-col gap-5 md:justify-center px-6 py-10 md:px-12">
        <div>
          <p className="font-serif text-lg text-quiet">Stillroar</p>
          <h1 className="text-4xl tracking-tight">{text.signIn.title}</h1>
          <p className="mt-3 text-quiet">{text.signIn.about}</p>
        </div>
        <label className="block">
          <span className="eyebrow mb-1.5 block">{text.signIn.key}</span>
          <input
            className="field font-mono"
            type="password"
            autoComplete="current-password"
            required
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </label>
        {signIn.error && <Failure error={isRefused ? new Error(text.signIn.refused) : signIn.error} />}
        <Button look="main" type="submit" disabled={signIn.isPending}>
          {text.signIn.submit}
        </Button>
        <p className="text-quiet">
          {text.signIn.terminal}{' '}
          <code className="font-mono whitespace-nowrap text-ink">npx stillroar studio</code>
        </p>
      </form>
    </main>
  );
}
