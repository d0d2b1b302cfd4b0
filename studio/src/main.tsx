import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isRetryable } from './api/client.ts';
import { App } from './app.tsx';
import { applyTheme } from './shell/theme.ts';
import { language } from './text/index.ts';

applyTheme();
document.documentElement.lang = language;

/** The server may be on this very machine: a browser that is offline reaches it nevertheless. */
const networkMode = 'always';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode,
      retry: (failures, error) => failures < 2 && isRetryable(error),
      refetchOnWindowFocus: false,
      staleTime: 30_000,
    },
    mutations: { networkMode },
  },
});

createRoot(document.getElementById('studio')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
