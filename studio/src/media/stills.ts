import { text } from '../text/index.ts';

const QUALITY = 0.95;

/** Resolves when an element says so; rejects when it cannot load. */
function once(video: HTMLVideoElement, name: 'loadedmetadata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(name, () => resolve(), { once: true });
    video.addEventListener('error', () => reject(new Error(text.failure.noStill)), { once: true });
  });
}

/** A frame of a video as a JPEG. */
export async function readStill(source: string, which: 'first' | 'last'): Promise<Blob> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.src = source;
  await once(video, 'loadedmetadata');
  const sought = once(video, 'seeked');
  // The very end shows nothing in some browsers.
  video.currentTime = which === 'first' ? 0.001 : Math.max(0, video.duration - 0.04);
  await sought;
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')!.drawImage(video, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error(text.failure.noStill))),
      'image/jpeg',
      QUALITY,
    );
  });
}
