import { addressKind } from '#lib/yjs/address.ts';

/**
 * PG2: the address that somebody means who types one: `chebro.es` is a place of the web, `ana@centro.es` a mailbox.
 * Undefined: none to which a link may lead.
 */
export function typedAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  if (/^[^:/]+@[^:/]+\.[^:/]+$/.test(text)) return held(`mailto:${text}`);
  const whole = /^[a-z][a-z\d+.-]*:(?!\d)/i.test(text) ? text : `https://${text}`;
  if (/^mailto:/i.test(whole)) return held(whole.replace(/^mailto:/i, 'mailto:'));
  try {
    const url = new URL(whole);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    return web && url.hostname.includes('.') ? held(url.href) : undefined;
  } catch {
    return undefined;
  }
}

function held(address: string): string | undefined {
  return addressKind(address) === undefined ? undefined : address;
}
