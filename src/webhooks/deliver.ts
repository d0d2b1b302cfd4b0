import type { Logger } from 'pino';
import type { KeyPair } from '../credits/key-pair.ts';
import type { Answer, Sender } from '../net/send-json.ts';
import type { Random } from '../random.ts';
import type { Delivery, Outbox } from './outbox.ts';
import { nextPause } from './schedule.ts';
import { standardHeaders } from './standard-signature.ts';

/** Sends what is due, again and again. */
export interface Deliverer {
  start(): void;
  /** Begins no more attempts; waits for those under way. */
  stop(): Promise<void>;
}

/** How often the outbox is looked into, in ms: a callback comes at most so much later than its cause. */
const LOOK_EVERY = 500;
/** A receiver that has not answered by then has failed, in ms. */
const TIMEOUT = 15_000;
const MOST_AT_ONCE = 16;
/** Longer than any attempt: only what a dead process has left is tried twice. */
const RESERVE_SECONDS = 30;

/** The status that ends a delivery for good: the receiver is gone (Standard Webhooks). */
const GONE = 410;

/** What a deliverer is made of. */
export interface DelivererParts {
  outbox: Outbox;
  sender: Sender;
  /** The callback's body in its dialect's words, as it is sent at this moment. */
  writeBody(delivery: Delivery, pair: KeyPair, now: Date): string | Promise<string>;
  /** The pair that signs, revoked or not. */
  findPair(clientId: string): Promise<KeyPair | undefined>;
  random: Random;
  log: Logger;
}

/** A deliverer; it does nothing until it is started. */
export function createDeliverer(parts: DelivererParts): Deliverer {
  const { outbox, sender, log } = parts;
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let isLooking = false;

  async function look(): Promise<void> {
    while (underWay.size < MOST_AT_ONCE) {
      const due = await outbox.takeDue(MOST_AT_ONCE - underWay.size, new Date(), RESERVE_SECONDS);
      if (due.length === 0) return;
      for (const delivery of due) {
        const attempt = deliver(delivery).catch((error) =>
          log.error({ err: error, task: delivery.task_id }, 'A callback could not be tried.'),
        );
        underWay.add(attempt);
        void attempt.finally(() => underWay.delete(attempt));
      }
    }
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const began = Date.now();
    const answer = await send(delivery);
    const attempt = delivery.attempts + 1;
    const end = endOf(answer);
    const pause = nextPause(attempt, parts.random, answer.retryAfterSeconds);
    await outbox.record(
      {
        delivery_id: delivery.id,
        attempt,
        at: new Date(began),
        status: answer.status ?? null,
        problem: end === 'delivered' ? null : (answer.problem ?? `It answered ${answer.status}.`),
        milliseconds: Date.now() - began,
      },
      end || pause === undefined ? { end: end ?? 'failed' } : { at: new Date(Date.now() + pause * 1000) },
    );
  }

  async function send(delivery: Delivery): Promise<Answer> {
    if (delivery.fails_first && delivery.attempts === 0) {
      return { status: 500, problem: 'Test mode: this attempt counts as answered with 500.' };
    }
    const pair = await parts.findPair(delivery.client_id);
    if (!pair) return { problem: 'The key that would sign it does not exist any more.' };
    const now = new Date();
    const body = await parts.writeBody(delivery, pair, now);
    const headers = standardHeaders(
      `msg_${delivery.id}`,
      Math.floor(now.getTime() / 1000),
      body,
      pair.clientSecret,
    );
    return sender.sendJson(delivery.url, body, headers, TIMEOUT);
  }

  return {
    start() {
      timer = setInterval(() => {
        if (isLooking) return;
        isLooking = true;
        looking = look()
          .catch((error) => log.error({ err: error }, 'The outbox cannot be read.'))
          .finally(() => {
            isLooking = false;
          });
      }, LOOK_EVERY);
    },
    async stop() {
      clearInterval(timer);
      await looking;
      await Promise.all(underWay);
    },
  };
}

/** How an answer ends a delivery; undefined when it is to be tried again. */
function endOf({ status = 0 }: Answer): 'delivered' | 'failed' | undefined {
  if (status >= 200 && status < 300) return 'delivered';
  return status === GONE ? 'failed' : undefined;
}
