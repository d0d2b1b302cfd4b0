const NAME = 'stillroar_session';

/** The session's token in a `Cookie` header. */
export function readSessionCookie(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === NAME)?.[1];
}

/** A `Set-Cookie` that no script reads and no other site's request carries; a time in the past removes it. */
export function sessionCookie(token: string, expiresAt: Date, isSecure: boolean): string {
  const parts = [
    `${NAME}=${token}`,
    'Path=/',
    `Expires=${expiresAt.toUTCString()}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}
