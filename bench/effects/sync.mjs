// Whether an effect is heard when it is seen: the onsets of its sound against the moments of its action.
import { effectSounds } from '../../dist/engines/builtin/effects.js';
import { renderSound } from '../../dist/sound/mix/render-sound.js';
import { planSound } from '../../dist/sound/plan/plan-sound.js';
import { findOnsets } from '../sound/onsets.mjs';

const RATE = 48_000;
/** Seconds that an onset may be off. */
const OFF = 0.1;
/** How long a squelch or a rain of splinters begins anew by itself, in seconds. */
const RINGING = 0.75;

const isNear = (one, other, most = OFF) => Math.abs(one - other) <= most;

/** When within half a second of a time 50 ms are loudest: what sweeps past has no onset. */
function loudestAround({ left, right }, time) {
  const hop = 0.025;
  const power = (from) => {
    let sum = 0;
    const end = Math.min(left.length, Math.round((from + 2 * hop) * RATE));
    for (let at = Math.max(0, Math.round(from * RATE)); at < end; at++) sum += left[at] ** 2 + right[at] ** 2;
    return sum;
  };
  let best = time - 0.5 - hop;
  for (let step = 0; step <= 40; step++) {
    const start = time - 0.5 - hop + step * hop;
    if (power(start) > power(best)) best = start;
  }
  return hop + best;
}

/** F1 of what is heard against the effect's own moments, within 100 ms. */
export function measureSync(effect) {
  const preset = effectSounds(effect, 5);
  const plan = planSound({ prompt: '', soundPrompt: '', musicPrompt: '', seconds: 5, seed: 1, preset });
  // What goes on crackles by itself: only what happens at moments can be in time or not.
  const layers = plan.layers.filter(({ kind }) => kind === 'event');
  const timesOf = (some) => some.flatMap(({ events }) => events.map(({ time }) => time));
  const times = timesOf(layers);
  const sweeps = layers.filter(({ generator }) => generator === 'whoosh');
  const swept = timesOf(sweeps);
  const isExplained = (onset) =>
    times.some((time) => onset > time + OFF && onset < time + RINGING) ||
    swept.some((time) => isNear(onset, time, 0.45));
  const struck = findOnsets(renderSound({ ...plan, layers })).filter(
    (onset) => times.some((time) => isNear(onset, time)) || !isExplained(onset),
  );
  const passing = swept.length > 0 && renderSound({ ...plan, layers: sweeps });
  const heard = [...struck, ...swept.map((time) => loudestAround(passing, time))];
  const found = times.filter((time) => heard.some((onset) => isNear(onset, time))).length;
  const right = heard.filter((onset) => times.some((time) => isNear(onset, time))).length;
  const [recall, precision] = [found / times.length, right / Math.max(1, heard.length)];
  return (2 * precision * recall) / Math.max(1e-9, precision + recall);
}
