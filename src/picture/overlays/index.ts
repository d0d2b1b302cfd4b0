import type { Wishable } from '../direct/wish.ts';
export const overlays: readonly Wishable[] = [];
