// Listeners to a server's events, in a process of their own: tells its parent when all are connected; and how late each news
// of a task that has begun or ended was, until every listener has heard that the tasks of its account are completed.
import http from 'node:http';

const { url, keys, listeners, tasks } = JSON.parse(process.argv[2]);
/** How long to wait for what is still to be heard, in ms. */
const PATIENCE = 60_000;
const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const delays = [];
let wanted = listeners * tasks;
let broken = 0;
let isEnding = false;

/** Milliseconds since 1970, with a fraction. */
const now = () => performance.timeOrigin + performance.now();

/** Follows one account, as a browser's EventSource does. */
function listen(key) {
  const told = new Set();
  return new Promise((resolve, reject) => {
    const request = http.get(`${url}/api/v1/events`, { agent, headers: { 'x-api-key': key } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream answered ${response.statusCode}.`));
      resolve();
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        const parts = (text + chunk).split('\n\n');
        text = parts.pop();
        for (const part of parts) hear(part, told);
      });
      response.on('close', () => {
        if (!isEnding) broken += 1;
      });
    });
    request.on('error', (error) => isEnding || reject(error));
  });
}

function hear(part, told) {
  const at = now();
  const data = /^data: (.*)$/m.exec(part)?.[1];
  if (!data || !part.includes('event: task')) return;
  const { id, state } = JSON.parse(data);
  const isNews = !told.has(id + state);
  told.add(id + state);
  if (!isNews || state === 'queued') return;
  // The event's id is the time of the task's last change.
  delays.push(at - Number(/^id: (\d+)$/m.exec(part)[1]));
  if (state !== 'completed') return;
  wanted -= 1;
  if (wanted === 0) end();
}

function end() {
  delays.sort((one, other) => one - other);
  const quantile = (share) => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))];
  const figures = { p50: quantile(0.5), p99: quantile(0.99), worst: delays.at(-1) };
  process.send({ ...figures, news: delays.length, dropped: wanted, broken });
}

for (let index = 0; index < listeners; index += 50) {
  const some = Array.from({ length: Math.min(50, listeners - index) }, (_, more) => index + more);
  await Promise.all(some.map((number) => listen(keys[number % keys.length])));
}
process.send({ connected: listeners });
const timer = setTimeout(end, PATIENCE);
process.on('message', () => {
  isEnding = true;
  clearTimeout(timer);
  agent.destroy();
  process.disconnect();
});
