// A client that leaves the two cores to the server: kept connections, requests as bytes, and of an answer no more is read than
// where it ends. Node's own client takes as long for a request as the server takes to answer it.
import { connect } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** A connection that takes one request after the other. */
function open({ hostname, port }) {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received = Buffer.alloc(0);
  let waiting;
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const head = received.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const text = received.latin1Slice(0, head);
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (received.length < head + 4 + length) return;
    const body = received.utf8Slice(head + 4, head + 4 + length);
    received = Buffer.alloc(0);
    const { resolve } = waiting;
    waiting = undefined;
    resolve(body);
  });
  const fail = (error) => waiting?.reject(error ?? new Error('The server has closed the connection.'));
  socket.on('error', fail).on('close', () => fail());
  return {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

/** Sends JSON on so many connections; resolves to the parsed answer. Answers without a length are for other clients. */
export function createClient(connections) {
  const idle = [];
  const all = [];
  const queue = [];
  async function take(address) {
    if (idle.length > 0) return idle.pop();
    if (all.length < connections) {
      const connection = open(address);
      all.push(connection);
      return connection;
    }
    return new Promise((resolve) => queue.push(resolve));
  }
  return {
    async call(method, url, key, body) {
      const address = new URL(url);
      const connection = await take(address);
      const text = body ? JSON.stringify(body) : '';
      const answer = await connection.send(
        `${method} ${address.pathname}${address.search} HTTP/1.1\r\nhost: ${address.host}\r\nx-api-key: ${key}\r\n` +
          `${body ? 'content-type: application/json\r\n' : ''}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
      const next = queue.shift();
      if (next) next(connection);
      else idle.push(connection);
      return JSON.parse(answer);
    },
    close() {
      for (const connection of all) connection.close();
    },
  };
}
