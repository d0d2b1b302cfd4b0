import { type Colour, colour, greyed, mixColours, scaleColour, tinted } from './canvas/colour.ts';
import type { ScenePlan } from './plan.ts';

/** What grows, in the colours of the plan's season. Linear light. */
export interface Growth {
  /** Crowns of leaf trees: one is picked for each tree. Empty: the trees are bare. */
  leaves: readonly Colour[];
  needles: Colour;
  /** Grass: in shade, in light, dry. */
  grass: readonly [dark: Colour, fresh: Colour, dry: Colour];
  /** How much snow lies, 0–1. */
  snow: number;
}

const bySeason: Record<ScenePlan['season'], { leaves: number[]; needles: number; grass: number[] }> = {
  spring: {
    leaves: [0x6a9a3e, 0x7aa848, 0x5c8c3a, 0xf0bccb],
    needles: 0x2c4a34,
    grass: [0x3f6e34, 0x72a448, 0x9aae58],
  },
  summer: {
    leaves: [0x3f6428, 0x4c722c, 0x35582c],
    needles: 0x22402c,
    grass: [0x38602c, 0x64903e, 0x98a050],
  },
  autumn: {
    leaves: [0xd4762a, 0xc2481e, 0xe0a132, 0xa83a20, 0xc98a2c],
    needles: 0x2c4030,
    grass: [0x6a6a30, 0xa0904a, 0xc09a50],
  },
  winter: { leaves: [], needles: 0x24382f, grass: [0xd4dcec, 0xe8eefa, 0xdfe6f4] },
};

/** The colours of what grows. Snowfall covers the ground in every season; a foliage word dyes leaves and grass. */
export function growthOf({ season, weather, palette, time }: ScenePlan): Growth {
  const isSnowy = season === 'winter' || weather === 'snow';
  const { leaves, needles } = bySeason[season];
  const { grass } = bySeason[isSnowy ? 'winter' : season];
  const tints = palette.filter(({ region }) => region === 'foliage');
  // By night the eye sees little colour.
  const seen = (hex: number): Colour => greyed(colour(hex), time === 'night' ? 0.5 : 0);
  const dye = (hex: number, amount: number): Colour =>
    tints.reduce((paint, tint) => {
      const wished = colour(tint.hex);
      return mixColours(tinted(paint, wished, amount), scaleColour(wished, 0.6), 0.5 * amount);
    }, seen(hex));
  const [dark, fresh, dry] = grass.map((hex) => dye(hex, isSnowy ? 0 : 0.8));
  return {
    leaves: leaves.map((hex) => dye(hex, 0.9)),
    needles: dye(needles, 0.7),
    grass: [dark!, fresh!, dry!],
    snow: isSnowy ? 0.8 : 0,
  };
}
