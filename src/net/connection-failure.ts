/** What the system's error codes mean to somebody who has given a URL. */
const reasons: Record<string, string> = {
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name could not be resolved',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the server closed the connection too early',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** Why a connection failed, to complete a sentence. */
export function connectionFailure(error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  return reasons[code] ?? `the connection failed (${code || (error as Error).message})`;
}
