import { createHash } from 'node:crypto';

const style = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
  pre { padding: 1rem; overflow-x: auto; border: 1px solid #8886; border-radius: .5rem; font-size: .875rem; }
  code { font-family: ui-monospace, monospace; }
`;

/** The page at `/`, which loads nothing from anywhere. */
export function homePage(baseUrl: string, curlLine: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Stillroar</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<h1>Stillroar</h1>
<p>This server brings a still picture to life and gives it sound. It speaks Akool’s Image to Video API: a client
that knows it needs no more than this address, <code>${escapeHtml(baseUrl)}</code>, and an API key.</p>
<h2>Try it</h2>
<p>The key stands in the terminal where the server was started.</p>
<pre><code>${escapeHtml(curlLine)}</code></pre>
<p>It asks for a video, waits until <code>status</code> is 3, and prints where the video is.</p>
<p>Sample pictures: <a href="/samples/sunset.jpg">sunset</a>, <a href="/samples/stream.jpg">stream</a>,
<a href="/samples/dogs.jpg">dogs</a>, <a href="/samples/dandelions.jpg">dandelions</a>. The README that came with the
package has the rest.</p>
</html>
`;
}

/** The policy under which {@link homePage} is served: its own style sheet and nothing else (CSP level 3, hashes). */
export const homePolicy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/**
 * A line for the shell that animates a sample with the given key, waits, and prints the address of the video. It does not
 * ask who signed a certificate that signed itself.
 */
export function createCurlLine(baseUrl: string, apiKey: string, isSelfSigned = false): string {
  const body = {
    image_url: `${baseUrl}/samples/stream.jpg`,
    prompt: 'The camera slowly pushes in along the stream. Rushing water, birds singing.',
    resolution: '720p',
    audio_type: 1,
    video_length: 5,
  };
  const call = (route: string) =>
    [
      `curl -s${isSelfSigned ? 'k' : ''} ${baseUrl}/api/open/v4/image2Video/${route}`,
      `-H 'x-api-key: ${apiKey.replaceAll("'", "'\\''")}'`,
      `-H 'Content-Type: application/json'`,
    ].join(' ');
  return [
    `id=$(${call('createBySourcePrompt')} -d '${JSON.stringify(body)}' | grep -o '"_id":"[^"]*"' | cut -d '"' -f 4)`,
    `while sleep 1; do ${call('resultsByIds')} -d '{"_ids":"'$id'"}' | grep -oE '"(video_url|error_msg)":"[^"]+"' && break; done`,
  ].join('; ');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
