import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type {
  Account,
  Delivery,
  Effect,
  Estimate,
  Key,
  LedgerEntry,
  Model,
  Page,
  Task,
  TaskState,
} from './types.ts';

/** Which tasks a list shows. */
export interface TaskFilter {
  state?: TaskState | 'unfinished';
  kind?: Task['kind'];
  text?: string;
  limit?: number;
}

const toQuery = (values: Record<string, string | number | undefined | null>) => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return new URLSearchParams(given.filter(([, value]) => value !== '').map(([k, v]) => [k, String(v)]));
};

/** Who is signed in; fails with 401 when nobody is. */
export const useAccount = () =>
  useQuery({ queryKey: ['account'], queryFn: () => call<Account>('GET', 'account') });

/** What the engines offer. */
export const useModels = () =>
  useQuery({
    queryKey: ['models'],
    queryFn: () => call<Page<Model>>('GET', 'models'),
    select: ({ items }) => items,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The effects. */
export const useEffects = () =>
  useQuery({
    queryKey: ['effects'],
    queryFn: () => call<Page<Effect>>('GET', 'effects'),
    select: ({ items }) => items,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** One task; the stream of events keeps it up to date. */
export const useTask = (id: string | undefined) =>
  useQuery({
    queryKey: ['task', id],
    queryFn: () => call<Task>('GET', `tasks/${id}`),
    enabled: id !== undefined,
  });

/** The newest tasks page by page; the stream of events keeps them up to date. */
export const useTasks = (filter: TaskFilter = {}) =>
  useInfiniteQuery({
    queryKey: ['tasks', filter],
    queryFn: async ({ pageParam, signal }) => {
      const state = filter.state === 'unfinished' ? 'queued,processing' : filter.state;
      let after = pageParam;
      // A search for words stops where it has looked through enough, and then may have found nothing yet.
      for (;;) {
        const query = toQuery({ limit: 24, ...filter, state, after });
        const page = await call<Page<Task>>('GET', `tasks?${query}`);
        if (page.items.length > 0 || page.next === null) return page;
        signal.throwIfAborted();
        after = page.next;
      }
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** What a creation would cost and choose; `undefined` asks nothing. */
export const useEstimate = (body: object | undefined) =>
  useQuery({
    queryKey: ['estimate', body],
    queryFn: () => call<Estimate>('POST', 'estimate', body),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });

/** The ledger, the newest first. */
export const useLedger = () =>
  useInfiniteQuery({
    queryKey: ['ledger'],
    queryFn: ({ pageParam }) =>
      call<Page<LedgerEntry>>('GET', `ledger?${toQuery({ limit: 100, after: pageParam })}`),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** API keys without their secrets. */
export const useKeys = () =>
  useQuery({
    queryKey: ['keys'],
    queryFn: () => call<{ items: Key[] }>('GET', 'keys'),
    select: ({ items }) => items,
  });

/** The log of callbacks. */
export const useDeliveries = () =>
  useInfiniteQuery({
    queryKey: ['deliveries'],
    queryFn: ({ pageParam }) => call<Page<Delivery>>('GET', `webhooks?${toQuery({ after: pageParam })}`),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: 5_000,
  });
