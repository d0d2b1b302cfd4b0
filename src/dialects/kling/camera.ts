import { z } from 'zod';
import type { CameraMove, CameraMoveKind, Direction } from '../../picture/direct/shot.ts';

const types = ['simple', 'down_back', 'forward_up', 'right_turn_forward', 'left_turn_forward'] as const;
const axes = ['horizontal', 'vertical', 'pan', 'tilt', 'roll', 'zoom'] as const;

/** The largest value of an axis. */
const FULL = 10;

/** What each axis does below and above zero, as Kling publishes it: a longer focal length shows less. */
const axisMoves: Record<(typeof axes)[number], [CameraMoveKind, below: Direction, above: Direction]> = {
  horizontal: ['truck', 'left', 'right'],
  vertical: ['pedestal', 'down', 'up'],
  pan: ['pan', 'left', 'right'],
  tilt: ['tilt', 'down', 'up'],
  roll: ['roll', 'counterclockwise', 'clockwise'],
  zoom: ['zoom', 'in', 'out'],
};

/** The named movements, each of two that go together. */
const pairs: Record<Exclude<(typeof types)[number], 'simple'>, [CameraMoveKind, Direction][]> = {
  down_back: [
    ['pedestal', 'down'],
    ['dolly', 'out'],
  ],
  forward_up: [
    ['dolly', 'in'],
    ['tilt', 'up'],
  ],
  right_turn_forward: [
    ['pan', 'right'],
    ['dolly', 'in'],
  ],
  left_turn_forward: [
    ['pan', 'left'],
    ['dolly', 'in'],
  ],
};

const typeError = `camera_control.type must be one of ${types.join(', ')}.`;
const axisError = `camera_control.config takes ${axes.join(', ')}, each a number from -${FULL} to ${FULL}.`;
const axis = z.number({ error: axisError }).min(-FULL, { error: axisError }).max(FULL, { error: axisError });

/** `camera_control`, read. */
export const cameraSchema = z
  .object(
    {
      type: z.enum(types, { error: typeError }).default('simple'),
      config: z
        .partialRecord(z.enum(axes), axis, { error: axisError })
        .nullish()
        .transform((config) => config ?? undefined),
    },
    { error: 'camera_control must be an object with type and config.' },
  )
  .refine(({ type, config }) => type !== 'simple' || movedAxes(config).length === 1, {
    path: ['config'],
    error: 'camera_control.config must have exactly one value that is not 0 when type is simple.',
  })
  .refine(({ type, config }) => type === 'simple' || config === undefined, {
    path: ['config'],
    error: 'camera_control.config is for type simple only; leave it out.',
  });

function movedAxes(config: Partial<Record<(typeof axes)[number], number>> = {}) {
  return axes.flatMap((name) => (config[name] ? [[name, config[name]] as const] : []));
}

/** The camera's moves over the whole clip. */
export function toCameraMoves({ type, config }: z.output<typeof cameraSchema>): CameraMove[] {
  const whole = { span: [0, 1] as [number, number], easing: 'ease' as const, why: `camera_control: ${type}` };
  if (type !== 'simple') {
    return pairs[type].map(([kind, direction]) => ({ kind, direction, strength: 0.5, ...whole }));
  }
  return movedAxes(config).map(([name, value]) => {
    const [kind, below, above] = axisMoves[name];
    return {
      kind,
      direction: value < 0 ? below : above,
      strength: Math.abs(value) / FULL,
      ...whole,
      why: `camera_control: ${name} ${value}`,
    };
  });
}
