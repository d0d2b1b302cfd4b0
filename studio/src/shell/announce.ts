import type { Task } from '../api/types.ts';

const KEY = 'stillroar-chime';
const NAME = 'Stillroar';
let unseen = 0;

/** Whether the end of a task is heard. */
export function isChimeOn(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

/** Keeps the choice. */
export function setChime(isOn: boolean): void {
  localStorage.setItem(KEY, isOn ? 'on' : 'off');
  if (isOn) chime(true);
}

/** Says that a task has ended: two soft notes, and a number in the title while nobody looks. */
export function announceEnd({ state }: Task): void {
  if (state !== 'completed' && state !== 'failed') return;
  if (isChimeOn()) chime(state === 'completed');
  if (!document.hidden) return;
  unseen++;
  document.title = `(${unseen}) ${NAME}`;
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  unseen = 0;
  document.title = NAME;
});

let context: AudioContext | undefined;

/** A rising fifth for a result, a falling one for a failure. */
function chime(isGood: boolean): void {
  context ??= new AudioContext();
  const notes = isGood ? [523.25, 783.99] : [392, 261.63];
  notes.forEach((hertz, index) => {
    const at = context!.currentTime + 0.14 * index;
    const tone = new OscillatorNode(context!, { frequency: hertz });
    const level = new GainNode(context!, { gain: 0 });
    level.gain.setTargetAtTime(0.07, at, 0.01);
    level.gain.setTargetAtTime(0, at + 0.05, 0.16);
    tone.connect(level).connect(context!.destination);
    tone.start(at);
    tone.stop(at + 1);
  });
}
