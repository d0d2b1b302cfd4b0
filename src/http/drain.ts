import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StillroarError } from '../errors.ts';

/** What asks how the server is, and so is answered to the end. */
const healthRoutes = new Set<string | undefined>(['/healthz', '/readyz']);

/** Seconds after which another server, or this one started again, may have the request. */
const RETRY_SECONDS = 5;

/** Lets a server that ends finish its answers. While it does, it still hears everybody, and refuses what is new. */
export interface Drain {
  /**
   * The hook `onRequest`.
   * @throws StillroarError `maintenance` once the server ends
   */
  enter(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** The hook `preClose`, after those that end what never ends by itself: resolves when every answer has been sent. */
  finish(): Promise<void>;
}

/** A drain; the limit of its patience is whoever closes the connections. */
export function createDrain(): Drain {
  let isClosing = false;
  /** How many answers each line still waits for. */
  const waiting = new Map<Socket, number>();
  let wake: (() => void) | undefined;

  function leave(socket: Socket, answers: number): void {
    const left = (waiting.get(socket) ?? 0) - answers;
    if (left > 0) waiting.set(socket, left);
    else waiting.delete(socket);
    if (waiting.size === 0) wake?.();
  }
  // Of answers that wait for an earlier one on their line only the line's end is heard.
  function forget(this: Socket): void {
    leave(this, Number.POSITIVE_INFINITY);
  }

  return {
    async enter({ routeOptions, raw: { socket } }, reply) {
      if (healthRoutes.has(routeOptions.url)) return;
      if (isClosing) {
        throw new StillroarError('maintenance', 'The server is stopping. Try again in a few seconds.', {
          retryAfterSeconds: RETRY_SECONDS,
        });
      }
      waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
      socket.off('close', forget).once('close', forget);
      // Comes after the last byte.
      reply.raw.once('close', () => leave(socket, 1));
    },
    async finish() {
      isClosing = true;
      if (waiting.size > 0) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}
