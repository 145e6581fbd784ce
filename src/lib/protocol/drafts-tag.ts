import { sha256 } from '#lib/crypto/encoding.ts';
import type { Draft } from '#lib/domain/records.ts';

/**
 * DR4: names what the drafts are, in whichever order: a device that has the same ones is not told them again. Their day
 * is left out: a device keeps its own until the relay tells another text.
 */
export function draftsTag(drafts: readonly Omit<Draft, 'on'>[]): Promise<string> {
  const rows = drafts.map(({ account, space, place, text }) => JSON.stringify([account, space, place, text]));
  return sha256(rows.sort().join('\n'));
}
