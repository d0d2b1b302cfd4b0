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
