import { lazy, Suspense, useState } from 'react';
import { Link, Route, Switch } from 'wouter';
import { StillroarError } from './api/client.ts';
import { useEvents } from './api/events.ts';
import { useAccount } from './api/queries.ts';
import { CreatePage } from './create/create-page.tsx';
import icon from './icon.svg';
import { Button, linkLook } from './parts/button.tsx';
import { Failure, Nothing } from './parts/notice.tsx';
import { Header } from './shell/header.tsx';
import { SignIn } from './shell/sign-in.tsx';
import { text } from './text/index.ts';

const LibraryPage = lazy(() => import('./library/library-page.tsx'));
const ComparePage = lazy(() => import('./library/compare-page.tsx'));
const SoundPage = lazy(() => import('./sound/sound-page.tsx'));
const EffectsPage = lazy(() => import('./effects/effects-page.tsx'));
const ActivityPage = lazy(() => import('./activity/activity-page.tsx'));
const AccountPage = lazy(() => import('./account/account-page.tsx'));
const CodePage = lazy(() => import('./code/code-page.tsx'));

/** The studio, or the way into it. The server says in the page whether this browser brought a session. */
export function App() {
  const [isStranger, setStranger] = useState(document.documentElement.dataset.session === 'none');
  return isStranger ? <SignIn onSignedIn={() => setStranger(false)} /> : <Studio />;
}

/** Signed in, out of reach, or signed out after all. */
function Studio() {
  const { isPending, error, refetch } = useAccount();
  if (isPending) return <div aria-busy="true" className="min-h-dvh" />;
  if (error instanceof StillroarError && error.status === 401) return <SignIn onSignedIn={() => refetch()} />;
  if (error) {
    return (
      <main className="mx-auto grid min-h-dvh max-w-md content-center gap-5 p-6">
        <h1 className="flex items-center gap-2.5 text-2xl tracking-tight">
          <img src={icon} alt="" className="size-9" />
          Stillroar
        </h1>
        <Failure error={error}>
          <Button onClick={() => refetch()}>{text.failure.retry}</Button>
        </Failure>
      </main>
    );
  }
  return <Pages />;
}

function Pages() {
  const isLive = useEvents();
  return (
    <>
      <Header />
      <p role="status">
        {!isLive && <span className="block bg-wash px-4 py-1.5 text-center">{text.shell.reconnecting}</span>}
      </p>
      <main id="content" tabIndex={-1} className="mx-auto max-w-[1500px] px-4 py-6 outline-none sm:px-6">
        <Suspense fallback={<div aria-busy="true" className="min-h-96" />}>
          <Switch>
            <Route path="/">{() => <CreatePage />}</Route>
            <Route path="/task/:id">{({ id }) => <CreatePage id={id} />}</Route>
            <Route path="/library" component={LibraryPage} />
            <Route path="/compare/:left/:right">
              {({ left, right }) => <ComparePage left={left} right={right} />}
            </Route>
            <Route path="/sound" component={SoundPage} />
            <Route path="/effects" component={EffectsPage} />
            <Route path="/activity" component={ActivityPage} />
            <Route path="/account" component={AccountPage} />
            <Route path="/code" component={CodePage} />
            <Route>
              <Nothing title={text.failure.noPage}>
                <Link href="/" className={linkLook}>
                  {text.failure.toCreate}
                </Link>
              </Nothing>
            </Route>
          </Switch>
        </Suspense>
      </main>
    </>
  );
}
