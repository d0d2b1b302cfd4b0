import { WebSocket } from 'ws';

/** A WebSocket that is only listened to; it comes back by itself until it is closed. */
export interface ListeningSocket {
  close(): void;
}

/** The first wait before it connects anew, in ms; each further one is twice as long. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/**
 * Listens to a server that the operator has named. No `Origin` is sent: a server that guards itself against pages refuses
 * what carries a foreign one.
 * @param heard gets each message: a text, or the bytes of a binary one
 * @param greeting what is said first on every connection
 */
export function listenSocket(
  url: string,
  headers: Record<string, string>,
  heard: (message: string | Buffer) => void,
  greeting: string,
): ListeningSocket {
  let socket: WebSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT;
  let isClosed = false;

  function open(): void {
    const opened = new WebSocket(url, { headers, handshakeTimeout: 10_000 });
    socket = opened;
    opened.on('open', () => {
      wait = FIRST_WAIT;
      opened.send(greeting);
    });
    opened.on('message', (data, isBinary) => {
      // `ws` hands binary messages over as one buffer unless it is told otherwise.
      heard(isBinary ? (data as Buffer) : data.toString());
    });
    // What goes wrong ends in a close; whoever listens has other ways to learn what happened.
    opened.on('error', () => {});
    opened.on('close', () => {
      if (isClosed) return;
      timer = setTimeout(open, wait).unref();
      wait = Math.min(LONGEST_WAIT, 2 * wait);
    });
  }
  open();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
      socket?.terminate();
    },
  };
}
