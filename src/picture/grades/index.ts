import type { Wishable } from '../direct/wish.ts';
export const grades: readonly Wishable[] = [];
