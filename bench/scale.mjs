// What fleets of workers do to queue, database, storage and purse: a simulation fed with the figures that the other
// benches measure. docs/scale.md says what follows from it.
import { simulate } from './scale/simulate.mjs';

/** Service times on two cores, one task at a time, and sizes: README.md, "How fast". Shares are an assumption. */
const kinds = [
  { name: '720p', share: 0.6, seconds: 3.3, cpuSeconds: 5.9, megabytes: 2.4 },
  { name: '1080p', share: 0.35, seconds: 4.6, cpuSeconds: 8.4, megabytes: 4.5 },
  { name: '4k', share: 0.05, seconds: 11.3, cpuSeconds: 20.5, megabytes: 10.4 },
];
/** Nine for a task from end to end, as `npm run bench -- queue` counts them, and six asks for its result. */
const TRANSACTIONS = 15;

/** Assumptions; put yours in their place. Prices in US dollars. */
const assumed = {
  /** Requests at noon are 1 + swing times the mean. */
  swing: 0.6,
  spread: 0.3,
  premium: 0.1,
  secondsBetweenDeaths: 86_400,
  /** Measured: test:faults. */
  takeOver: 40,
  downloads: 2,
  retentionDays: 7,
  perCoreHour: 0.04,
  perGigabyteMonth: 0.023,
  perGigabyteOut: 0.05,
};

const mean = (field) => kinds.reduce((sum, kind) => sum + kind.share * kind[field], 0);
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
const seconds = (value) => (value < 100 ? `${value.toFixed(1)} s` : `${Math.round(value / 60)} min`);
const count = (value) => Math.round(value).toLocaleString('en');

/** One fleet: so many workers of two cores, and so many videos a day. */
function row(workers, videosPerDay, days) {
  const fleet = { ...assumed, kinds, slots: workers, videosPerDay };
  const { premium, other, utilisation, again } = simulate(fleet, days);
  const megabytes = mean('megabytes');
  const perVideo = {
    // Workers are there by night as well.
    work: (workers * 2 * 24 * assumed.perCoreHour) / videosPerDay,
    storage: ((megabytes / 1000) * assumed.perGigabyteMonth * assumed.retentionDays) / 30,
    egress: (megabytes / 1000) * assumed.downloads * assumed.perGigabyteOut,
  };
  return {
    workers: count(workers),
    'videos a day': count(videosPerDay),
    'at work': `${Math.round(100 * utilisation)} %`,
    'wait p50': seconds(quantile(other, 0.5)),
    'wait p99': seconds(quantile(other, 0.99)),
    'premium p99': seconds(quantile(premium, 0.99)),
    'begun anew': again,
    'transactions /s': ((videosPerDay / 86_400) * TRANSACTIONS).toFixed(1),
    'kept GB': count((videosPerDay * assumed.retentionDays * megabytes) / 1000),
    'out GB a day': count((videosPerDay * assumed.downloads * megabytes) / 1000),
    'cents a video': (100 * (perVideo.work + perVideo.storage + perVideo.egress)).toFixed(3),
  };
}

export function benchScale() {
  const perWorker = 86_400 / mean('seconds');
  console.log(
    `A worker of two cores makes ${count(perWorker)} videos a day at most: ${mean('seconds').toFixed(2)} s and ` +
      `${mean('cpuSeconds').toFixed(1)} s of CPU each, ${mean('megabytes').toFixed(1)} MB.`,
  );
  // At noon, 1 + swing times the mean, a fleet at 60 % is nearly full.
  const videosOf = (workers, share) => workers * perWorker * share;
  return [
    row(1, videosOf(1, 0.3), 10),
    row(1, videosOf(1, 0.6), 10),
    row(10, videosOf(10, 0.6), 2),
    row(60, 1_000_000, 1),
    row(80, 1_000_000, 1),
    row(100, 1_000_000, 1),
    row(1_000, videosOf(1_000, 0.6), 1),
  ];
}
