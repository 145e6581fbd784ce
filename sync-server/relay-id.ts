import { createHmac } from 'node:crypto';

/**
 * NW8: the id of this relay, as lasting as the secret that it comes from, and telling nothing of it: so a relay that
 * starts on a full disk has one too.
 */
export function relayId(secret: string): string {
  return createHmac('sha256', secret).update('relay id').digest('base64url').slice(0, 22);
}
