import { useEffect, useRef } from 'react';
import { Link, useRoute } from 'wouter';
import { useAccount } from '../api/queries.ts';
import icon from '../icon.svg';
import { text } from '../text/index.ts';
import { ThemeButton } from './theme-button.tsx';

/** The pages, in the order of the bar. */
const pages = [
  ['/', text.nav.create],
  ['/library', text.nav.library],
  ['/sound', text.nav.sound],
  ['/effects', text.nav.effects],
  ['/activity', text.nav.activity],
  ['/account', text.nav.account],
  ['/code', text.nav.code],
] as const;

function NavLink({ to, children }: { to: string; children: string }) {
  const [isItself] = useRoute(to);
  // Videos are watched beside the form.
  const [isTask] = useRoute('/task/:id');
  const isThere = isItself || (isTask && to === '/');
  const link = useRef<HTMLAnchorElement>(null);
  // Where the bar is wider than the screen, the page that is shown stands in sight.
  useEffect(() => {
    const { parentElement: bar, offsetLeft, offsetWidth } = link.current!;
    if (isThere && bar) bar.scrollLeft = offsetLeft - (bar.clientWidth - offsetWidth) / 2;
  }, [isThere]);
  return (
    <Link
      ref={link}
      href={to}
      aria-current={isThere ? 'page' : undefined}
      className="rounded-full px-3 py-1.5 whitespace-nowrap text-quiet transition-colors hover:text-ink aria-[current=page]:bg-wash aria-[current=page]:font-medium aria-[current=page]:text-ink"
    >
      {children}
    </Link>
  );
}

/** The bar above every page. */
export function Header() {
  const { data: account } = useAccount();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-paper/90 backdrop-blur">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:m-2 focus:rounded-full focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
      >
        {text.skip}
      </a>
      <div className="mx-auto flex max-w-[1500px] flex-wrap items-center gap-x-5 px-4 py-2 sm:px-6">
        <Link href="/" className="flex items-center gap-2 py-1 font-serif text-xl tracking-tight">
          <img src={icon} alt="" className="size-7" />
          Stillroar
        </Link>
        <nav
          aria-label={text.nav.label}
          className="order-last -mx-4 flex w-[calc(100%+2rem)] gap-0.5 overflow-x-auto px-3 pb-1 [scrollbar-width:none] lg:order-none lg:mx-0 lg:w-auto lg:p-0"
        >
          {pages.map(([to, name]) => (
            <NavLink key={to} to={to}>
              {name}
            </NavLink>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          {account && (
            <Link href="/account" className="rounded-full px-2 py-1.5 text-quiet tabular-nums hover:text-ink">
              {text.shell.credits(account.credits)}
            </Link>
          )}
          <ThemeButton />
        </div>
      </div>
    </header>
  );
}
