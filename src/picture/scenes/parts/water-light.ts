import { type Colour, mix } from '../canvas/colour.ts';
import { type Ink, type Light, skyColour } from '../canvas/light.ts';

/** A point of a water surface, as it is seen. */
export interface WaterPoint {
  x: number;
  z: number;
  height: number;
  /** Metres along the ground. */
  metres: number;
  /** Rise of the surface to the right and away, metres a metre. */
  slopeX: number;
  slopeZ: number;
  /** Typical slope of the waves that are too small to be drawn. */
  roughness: number;
}

/** What the water itself is like. */
export interface WaterPaint {
  /** Colour of deep water. */
  deep: Colour;
  /** Light that comes through thin crests. */
  scatter: Colour;
  /** How thin the crest is here, 0–1. */
  crest: number;
}

/**
 * Writes the colour of a water surface into `ink`: the sky mirrored after Fresnel (Schlick, 1994; a rough sea mirrors
 * less at grazing angles), the sun's glitter from the slopes that would mirror it, the water's own colour.
 */
export function waterColour(light: Light, eye: number, point: WaterPoint, paint: WaterPaint, ink: Ink): void {
  const { slopeX, slopeZ, roughness } = point;
  const viewX = point.x / point.metres;
  const viewY = (point.height - eye) / point.metres;
  const viewZ = point.z / point.metres;
  const scale = 1 / Math.sqrt(1 + slopeX * slopeX + slopeZ * slopeZ);
  const normalX = -slopeX * scale;
  const normalZ = -slopeZ * scale;
  const facing = Math.max(0.02, -(viewX * normalX + viewY * scale + viewZ * normalZ));
  const mirrorX = viewX + 2 * facing * normalX;
  let mirrorY = viewY + 2 * facing * scale;
  const mirrorZ = viewZ + 2 * facing * normalZ;
  if (mirrorY < 0.01) mirrorY = 0.01 - mirrorY * 0.3;
  mirrorY += roughness * 0.9;
  const grazing = 1 - facing;
  const fourth = grazing * grazing * (grazing * grazing);
  const mirrored = 0.02 + (0.98 * fourth * grazing) / (1 + 22 * roughness);
  skyColour(light, mirrorX, mirrorY, mirrorZ, ink);
  const { sun, sunColour } = light;
  const halfY = sun[1] - viewY;
  let glitter = 0;
  if (halfY > 0 && light.disc > 0) {
    const missX = -(sun[0] - viewX) / halfY - slopeX;
    const missZ = -(sun[2] - viewZ) / halfY - slopeZ;
    const variance = 0.0035 + roughness * roughness * 0.5;
    const miss = (missX * missX + missZ * missZ * 0.35) / (2 * variance);
    if (miss < 12) glitter = Math.exp(-miss) / (variance * 260 + 0.4);
  }
  for (let channel = 0; channel < 3; channel++) {
    ink[channel] =
      mix(paint.deep[channel]!, ink[channel]!, mirrored) +
      sunColour[channel]! * glitter * 1.8 +
      paint.scatter[channel]! * paint.crest;
  }
}
