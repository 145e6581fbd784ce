/**
 * The payload of a signed change (base64url, RFC 4648 §5) as text, each byte a sign: enough to find ids and ASCII in it.
 *
 * @throws DOMException where somebody spoiled the row with developer tools
 */
export function payloadText(payload: string): string {
  return atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
}
