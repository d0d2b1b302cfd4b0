/** Movements that can be chosen without writing; each is words in front of the prompt. */
export const cameras = {
  in: {
    words: 'slow push in',
    hint: 'move-in',
    arrow: 'M3 3l6 5m0-4v4H5M21 3l-6 5m0-4v4h4M3 21l6-5m0 4v-4H5M21 21l-6-5m0 4v-4h4',
  },
  out: {
    words: 'slow pull out',
    hint: 'move-out',
    arrow: 'M10 9 3 3m0 4V3h4M14 9l7-6m0 4V3h-4M10 15l-7 6m0-4v4h4M14 15l7 6m0-4v4h-4',
  },
  left: { words: 'pan left', hint: 'move-left', arrow: 'M20 12H4m6-6-6 6 6 6' },
  right: { words: 'pan right', hint: 'move-right', arrow: 'M4 12h16m-6-6 6 6-6 6' },
  up: { words: 'crane up', hint: 'move-up', arrow: 'M12 20V4M6 10l6-6 6 6' },
  orbit: { words: 'orbit around', hint: 'move-orbit', arrow: 'M4 10c0 8 16 8 16 0m-3 2 3-3 2 4' },
  hand: { words: 'handheld', hint: 'move-hand', arrow: 'M3 13c3-7 5 5 8 0s4-6 6 0 3 2 4 0' },
  still: { words: 'static camera', hint: '', arrow: 'M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4' },
} as const;

export type CameraName = keyof typeof cameras;

/** All of them, in the order in which they are offered. */
export const cameraNames = Object.keys(cameras) as CameraName[];

/** A prompt with the movement's words in front. */
export function withCamera(prompt: string, camera: CameraName | null): string {
  return camera ? [cameras[camera].words, prompt].filter(Boolean).join(', ') : prompt;
}

/** Finds a movement's words in front of a prompt, as {@link withCamera} puts them there. */
export function readCamera(prompt: string): { camera: CameraName | null; rest: string } {
  const camera = cameraNames.find((name) => prompt.startsWith(cameras[name].words));
  if (!camera) return { camera: null, rest: prompt };
  const rest = prompt.slice(cameras[camera].words.length);
  return rest === '' || rest.startsWith(', ')
    ? { camera, rest: rest.slice(2) }
    : { camera: null, rest: prompt };
}
