/** A server-sent event. */
export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

/** Reads server-sent events from an answer's body (WHATWG HTML, 9.2.6), as far as our server writes them. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = parseEvent(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) yield event;
      }
    }
  } finally {
    // Not awaited: whoever else reads a copy of the body would hold it up.
    reader.cancel().catch(() => {});
  }
}

/** Undefined for what carries no data: comments, and the time to wait before a reconnection. */
function parseEvent(block: string): ServerEvent | undefined {
  const event: ServerEvent = { id: '', event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    if (name === 'id' || name === 'event' || name === 'data') event[name] = line.slice(colon + 1).trimStart();
  }
  return event.data === '' ? undefined : event;
}
