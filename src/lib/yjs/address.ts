/** Where a link leads: to the web, to a mailbox, to a page of the TwinSpace. */
export type AddressKind = 'web' | 'mail' | 'page';

/** In UTF-16 units; what browsers and mail programs still take whole. */
const longest = 2048;

const forms: readonly (readonly [AddressKind, RegExp])[] = [
  ['web', /^https?:\/\/[^\s<>"'`\\]+$/],
  ['mail', /^mailto:[^\s<>"'`\\]+@[^\s<>"'`\\]+$/],
  ['page', /^page:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/]
];

/**
 * PG2: what kind of address this is: `https:`, `http:`, `mailto:` or `page:` and a page's id, in small letters and as it
 * stands, without spaces, control characters or quotes. Undefined: nothing that a link may lead to.
 */
export function addressKind(href: unknown): AddressKind | undefined {
  if (typeof href !== 'string' || href.length > longest) return undefined;

  if (/[\u0000-\u0020\u007f-\u009f]/.test(href)) return undefined;
  const kind = forms.find(([, form]) => form.test(href))?.[0];
  return kind === 'web' && !isUrl(href) ? undefined : kind;
}

/** The id of the page that an address means; undefined where it means none. */
export function pageInAddress(href: string): string | undefined {
  return href.startsWith('page:') ? href.slice('page:'.length) : undefined;
}

/** `https://[` has the form of an address, and is none. */
function isUrl(href: string): boolean {
  try {
    return new URL(href).host !== '';
  } catch {
    return false;
  }
}
