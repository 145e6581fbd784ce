/** Signs of the short code of an offer. */
export const codeLength = 8;

/** What was typed, as a code: capitals, without spaces and hyphens, O read as 0, I and L as 1. */
export function readCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** A code as it is read out: two groups of four. */
export function showCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
