/**
 * The header by which an answer proves to be a relay's (NW8): its id, made once and kept, 22 characters of base64url.
 * Portals, filters and error pages of what stands in between have none.
 */
export const relayHeader = 'TwinSpace-Relay';

const form = /^[\w-]{22}$/;

/** Whether an answer with this header comes from a relay. */
export function isRelay(header: string | null): boolean {
  return header !== null && form.test(header);
}
