import { describe, expect, it } from 'vitest';
import type { CameraMove, CameraMoveKind, Direction } from '../direct/shot.ts';
import { cameraPath } from './camera.ts';
import { fitPath, fittedPath } from './fit.ts';
import { BLOCK, fillMesh, meshSize } from './mesh.ts';
import { limitSlope, type Relief } from './relief.ts';

const frame = { width: 640, height: 352 };

/** Ground that comes nearer downwards, with a near post in the middle. */
function relief(): Relief {
  const width = 64;
  const height = 36;
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ground = Math.max(0, (y / height - 0.4) / 0.6);
      const post = x > 28 && x < 36 && y > 8 ? 0.8 : 0;
      values[y * width + x] = Math.max(ground, post);
    }
  }
  return { width, height, values };
}

function move(kind: CameraMoveKind, direction?: Direction, strength = 0.5): CameraMove {
  return { kind, ...(direction && { direction }), strength, span: [0, 1], easing: 'ease', why: 'test' };
}

/** Where the nodes of one frame look, in source pixels. */
function look(moves: CameraMove[], progress: number, across = 0) {
  const path = cameraPath({ seed: 1, moves }, across);
  const limited = limitSlope(relief(), 0.3);
  const fit = fitPath(path, limited, frame.width / frame.height);
  const { columns, rows } = meshSize(frame, BLOCK);
  const mesh = { block: BLOCK, columns, rows, nodes: new Int32Array(columns * rows * 2) };
  fillMesh(mesh, frame, frame, fittedPath(path, fit)(progress), limited);
  return {
    fit,
    at: (x: number, y: number) => {
      const node = 2 * (Math.round(y / BLOCK) * columns + Math.round(x / BLOCK));
      return { u: mesh.nodes[node]! / 65536, v: mesh.nodes[node + 1]! / 65536 };
    },
    nodes: mesh.nodes,
  };
}

/** How far what is seen at a place of the frame travels from the first frame to the last. */
function travel(moves: CameraMove[], x: number, y: number, across = 0) {
  const before = look(moves, 0, across).at(x, y);
  const after = look(moves, 1, across).at(x, y);
  // The content moves against the position that is looked at.
  return { x: before.u - after.u, y: before.v - after.v };
}

describe('the camera', () => {
  it('rests when it is told to', () => {
    expect(travel([move('static')], 160, 160)).toEqual({ x: 0, y: 0 });
  });

  it('moves the picture to the right when it pans or trucks left, and to the left when right', () => {
    expect(travel([move('pan', 'left')], 320, 176).x).toBeGreaterThan(20);
    expect(travel([move('pan', 'right')], 320, 176).x).toBeLessThan(-20);
    expect(travel([move('truck', 'left')], 320, 336).x).toBeGreaterThan(20);
    expect(travel([move('truck', 'right')], 320, 336).x).toBeLessThan(-20);
  });

  it('moves the picture down when it tilts or rises, and up when it sinks', () => {
    expect(travel([move('tilt', 'up')], 320, 176).y).toBeGreaterThan(15);
    expect(travel([move('tilt', 'down')], 320, 176).y).toBeLessThan(-15);
    expect(travel([move('pedestal', 'up')], 320, 336).y).toBeGreaterThan(10);
  });

  it('makes the picture grow outwards when it zooms or drives in, and shrink when out', () => {
    for (const kind of ['zoom', 'dolly'] as const) {
      expect(travel([move(kind, 'in')], 48, 320).x).toBeLessThan(-10);
      expect(travel([move(kind, 'in')], 592, 320).x).toBeGreaterThan(10);
      expect(travel([move(kind, 'out')], 48, 320).x).toBeGreaterThan(10);
    }
  });

  it.each(['zoom', 'dolly'] as const)('keeps the upper third in the frame when it goes in: %s', (kind) => {
    // The head of somebody who stands in the middle: the top of the post.
    const head = travel([move(kind, 'in')], 320, 128);
    const feet = travel([move(kind, 'in')], 320, 320);
    console.log(`${kind}: head ${head.y.toFixed(1)} px, feet ${feet.y.toFixed(1)} px`);
    expect(Math.abs(head.y)).toBeLessThan(2);
    expect(feet.y).toBeGreaterThan(20);
  });

  it.each(['zoom', 'dolly'] as const)('goes where it aims: %s', (kind) => {
    // A quarter of the width to the right of the middle.
    expect(Math.abs(travel([move(kind, 'in')], 480, 320, 0.25).x)).toBeLessThan(2);
    expect(travel([move(kind, 'in')], 320, 320, 0.25).x).toBeLessThan(-10);
  });

  it('moves what is near more than what is far when it trucks, and all alike when it pans', () => {
    const near = (kind: CameraMoveKind) => travel([move(kind, 'left')], 320, 336).x;
    const far = (kind: CameraMoveKind) => travel([move(kind, 'left')], 64, 32).x;
    console.log(`truck: near ${near('truck').toFixed(1)} px, far ${far('truck').toFixed(1)} px`);
    expect(near('truck')).toBeGreaterThan(3 * Math.abs(far('truck')));
    expect(near('pan')).toBeCloseTo(far('pan'), 1);
  });

  it('goes further the stronger the word', () => {
    const distances = [0.25, 0.5, 1].map((strength) => travel([move('pan', 'left', strength)], 320, 176).x);
    expect(distances[0]).toBeLessThan(distances[1]!);
    expect(distances[1]).toBeLessThan(distances[2]!);
  });

  it('keeps to the part of the clip that a move was given', () => {
    const late: CameraMove = { ...move('pan', 'left'), span: [0.5, 1] };
    expect(look([late], 0.5).at(320, 176).u).toBe(look([late], 0).at(320, 176).u);
    expect(look([late], 1).at(320, 176).u).not.toBe(look([late], 0).at(320, 176).u);
  });

  it('sways by its seed when it is held in hand', () => {
    const sway = (seed: number) => cameraPath({ seed, moves: [move('handheld')] })(0.37).shiftX;
    expect(sway(1)).toBe(sway(1));
    expect(sway(1)).not.toBe(sway(2));
  });
});

describe('a fitted path', () => {
  const kinds: [CameraMoveKind, Direction | undefined][] = [
    ['pan', 'left'],
    ['tilt', 'down'],
    ['zoom', 'out'],
    ['dolly', 'out'],
    ['truck', 'right'],
    ['pedestal', 'up'],
    ['orbit', 'left'],
    ['roll', 'clockwise'],
    ['handheld', undefined],
  ];

  it.each(kinds)('never looks beyond the picture: %s %s at full strength', (kind, direction) => {
    const moves = [move(kind, direction, 1)];
    let worst = -Infinity;
    for (let index = 0; index <= 20; index++) {
      const { nodes } = look(moves, index / 20);
      for (let node = 0; node < nodes.length; node += 2) {
        const u = nodes[node]! / 65536;
        const v = nodes[node + 1]! / 65536;
        worst = Math.max(worst, -u, u - frame.width, -v, v - frame.height);
      }
    }
    console.log(`${kind} ${direction}: ${worst.toFixed(2)} px beyond the border`);
    expect(worst).toBeLessThan(1);
  });

  it('leaves a move in alone: the first frame is the whole picture', () => {
    const { fit, at } = look([move('dolly', 'in')], 0);
    expect(fit).toEqual({ zoom: 1, gain: 1 });
    expect(at(0, 0)).toEqual({ u: 0, v: 0 });
  });
});

describe('a relief with limited slope', () => {
  it('keeps what is near and never falls more steeply than the shift allows', () => {
    const before = relief();
    const after = limitSlope(before, 0.2);
    const limit = 0.8 / (0.2 * before.width) + 1e-6;
    for (let y = 0; y < before.height; y++) {
      for (let x = 1; x < before.width; x++) {
        const index = y * before.width + x;
        expect(after.values[index]).toBeGreaterThanOrEqual(before.values[index]!);
        expect(Math.abs(after.values[index]! - after.values[index - 1]!)).toBeLessThanOrEqual(limit);
      }
    }
  });
});
