// A fleet as a discrete-event simulation: requests come at random, more of them by day than by night; each waits until a
// slot is free, premium first; workers die now and then, and their tasks wait out the lease and begin anew.
import { createHeap } from './heap.mjs';

const DAY = 86_400;

/** A seeded generator of numbers in [0, 1): xorshift32 (Marsaglia, 2003). */
function createRandom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The rate at a time of the day as a factor of its mean: a sine between 1 − swing and 1 + swing. */
const rateAt = (time, swing) => 1 + swing * Math.sin((2 * Math.PI * time) / DAY);

/**
 * @param fleet `slots` tasks at once; `videosPerDay`; `swing` of the day, 0–1; `kinds` with `share` and `seconds` each;
 *   `spread` of a kind's seconds (σ of their logarithm); `premium` share; `secondsBetweenDeaths` of one slot;
 *   `takeOver` seconds until a dead worker's task waits again
 * @param days how long; the first half day fills the queue and is not counted
 * @returns waits in seconds, ascending, of premium and of other tasks; the mean share of slots at work; how many tasks began
 *   anew
 */
export function simulate(fleet, days, seed = 1) {
  const random = createRandom(seed);
  const exponential = (mean) => -Math.log(1 - random()) * mean;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const end = (days + 0.5) * DAY;
  const highest = (fleet.videosPerDay / DAY) * (1 + fleet.swing);
  // What happens: a request comes, a slot becomes free, or a dead worker's task waits again.
  const events = createHeap((a, b) => a.time - b.time);
  const lines = { premium: [], other: [] };
  const heads = { premium: 0, other: 0 };
  const waits = { premium: [], other: [] };
  let free = fleet.slots;
  let busySeconds = 0;
  let again = 0;

  function chooseSeconds() {
    let rest = random();
    const kind =
      fleet.kinds.find(({ share }) => {
        rest -= share;
        return rest < 0;
      }) ?? fleet.kinds.at(-1);
    return kind.seconds * Math.exp(fleet.spread * normal() - fleet.spread ** 2 / 2);
  }

  function begin(now) {
    for (const line of ['premium', 'other']) {
      while (free > 0 && heads[line] < lines[line].length) {
        const task = lines[line][heads[line]++];
        free -= 1;
        if (!task.hasWaited && task.came > DAY / 2) waits[line].push(now - task.came);
        const death = exponential(fleet.secondsBetweenDeaths);
        const isDeath = death < task.seconds;
        if (now > DAY / 2) busySeconds += Math.min(death, task.seconds);
        events.push({ time: now + Math.min(death, task.seconds), type: 'free' });
        if (!isDeath) continue;
        again += 1;
        task.hasWaited = true;
        events.push({ time: now + death + fleet.takeOver, type: 'wait', line, task });
      }
      if (heads[line] > 10_000) {
        lines[line].splice(0, heads[line]);
        heads[line] = 0;
      }
    }
  }

  events.push({ time: exponential(1 / highest), type: 'come' });
  for (;;) {
    const { time, type, line, task } = events.pop();
    if (time > end) break;
    if (type === 'free') free += 1;
    else if (type === 'wait') lines[line].push(task);
    else {
      events.push({ time: time + exponential(1 / highest), type: 'come' });
      // Thinning (Lewis and Shedler, 1979): of requests at the highest rate so many are real.
      if (random() * (1 + fleet.swing) < rateAt(time, fleet.swing)) {
        const came = { came: time, seconds: chooseSeconds() };
        lines[random() < fleet.premium ? 'premium' : 'other'].push(came);
      }
    }
    begin(time);
  }
  return {
    premium: Float64Array.from(waits.premium).sort(),
    other: Float64Array.from(waits.other).sort(),
    utilisation: busySeconds / (fleet.slots * days * DAY),
    again,
  };
}
