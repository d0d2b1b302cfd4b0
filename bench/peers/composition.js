// The move of the other peers as a video of Remotion's: a picture that grows evenly, in the browser's own scaling.
import { createElement } from 'react';
import { AbsoluteFill, Composition, Img, registerRoot, staticFile, useCurrentFrame } from 'remotion';

function Move({ frames, zoom }) {
  const scale = 1 + (zoom * useCurrentFrame()) / frames;
  const style = { width: '100%', height: '100%', transform: `scale(${scale})`, willChange: 'transform' };
  return createElement(
    AbsoluteFill,
    null,
    createElement(Img, { src: staticFile('picture.jpg'), style: { ...style, objectFit: 'cover' } }),
  );
}

registerRoot(() =>
  createElement(Composition, {
    id: 'move',
    component: Move,
    fps: 24,
    width: 1280,
    height: 720,
    durationInFrames: 120,
    defaultProps: { frames: 120, zoom: 0.15, width: 1280, height: 720 },
    calculateMetadata: ({ props }) => ({
      width: props.width,
      height: props.height,
      durationInFrames: props.frames,
    }),
  }),
);
