import { createHmac } from 'node:crypto';

/**
 * The headers of Standard Webhooks 1.0.0 (standardwebhooks.com): id, time and an HMAC-SHA-256 over both and the body.
 * The receiver's secret is `whsec_` and base64 of the client secret.
 */
export function standardHeaders(
  id: string,
  timestampSeconds: number,
  body: string,
  clientSecret: string,
): Record<string, string> {
  const signature = createHmac('sha256', clientSecret)
    .update(`${id}.${timestampSeconds}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': `v1,${signature}`,
  };
}
