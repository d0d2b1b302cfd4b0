import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { compiledPath } from '../compiled.ts';

/**
 * What `pg` takes for the socket of a PostgreSQL server: behind it is a thread with the embedded one, which opens the
 * directory's database when the connection is made and closes it when the connection ends. If the thread dies, so does
 * the connection, as with a server; the next one opens the database again, which recovers it.
 */
export class EmbeddedSocket extends Duplex {
  /** Resolves when nothing of it has the directory open. */
  readonly ended: Promise<void>;
  private readonly directory: string;
  private readonly before: Promise<void>;
  private thread: Worker | undefined;
  private hasEnded: () => void = () => {};

  /** Waits with the connection until `before`, because only one may have the directory open. */
  constructor(directory: string, before: Promise<void>) {
    super({ allowHalfOpen: false });
    this.directory = directory;
    this.before = before;
    this.ended = new Promise((resolve) => {
      this.hasEnded = resolve;
    });
  }

  connect(): this {
    this.before.then(() => this.start()).catch((error) => this.destroy(error));
    return this;
  }

  private async start(): Promise<void> {
    const path = compiledPath('./embedded-thread.ts', import.meta.url);
    const thread = new Worker(path, { workerData: this.directory });
    this.thread = thread;
    thread.once('exit', () => {
      this.hasEnded();
      this.push(null);
    });
    await once(thread, 'message');
    thread.on('message', (bytes: Uint8Array) => {
      this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    thread.on('error', (cause) => this.destroy(new Error('The database has stopped answering.', { cause })));
    this.emit('connect');
  }

  // What a TCP socket has besides: nothing is delayed here.
  setNoDelay(): this {
    return this;
  }

  ref(): this {
    this.thread?.ref();
    return this;
  }

  unref(): this {
    this.thread?.unref();
    return this;
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this._writev([{ chunk }], done);
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
    // A buffer of its own, because the others belong to larger ones and all of those would be copied.
    const bytes = new Uint8Array(chunks.reduce((sum, { chunk }) => sum + chunk.byteLength, 0));
    let offset = 0;
    for (const { chunk } of chunks) {
      bytes.set(chunk, offset);
      offset += chunk.byteLength;
    }
    this.thread?.postMessage(bytes, [bytes.buffer]);
    done();
  }

  override _final(done: () => void): void {
    this.thread?.postMessage(null);
    void this.ended.then(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.thread) void this.thread.terminate();
    else this.hasEnded();
    done(error);
  }
}
