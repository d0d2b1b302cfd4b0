import { InvalidArgumentError } from 'commander';
import { webAddress } from '../config.ts';

/** A parser for whole numbers within limits, both included; anything else is refused with a sentence. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < low || value > high) {
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    }
    return value;
  };
}

/** A parser for the address of a server, which it answers without a slash at its end. */
export function serverAddress(text: string): string {
  try {
    return webAddress(text);
  } catch (problem) {
    throw new InvalidArgumentError(`It must be ${(problem as Error).message}.`);
  }
}
