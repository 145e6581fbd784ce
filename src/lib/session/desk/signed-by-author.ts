import { sha256, fromBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signing.ts';
import { readHeader } from '#lib/protocol/change.ts';
import type { TrayRow } from '#lib/store/database.ts';
import type { Bench } from '../work/bench.ts';

/**
 * TR2, AD2: whether a stored change is what its author signed: header and payload as they were, with a key of theirs.
 * Whoever has developer tools on a shared tablet can alter what lies there, and not sign it.
 */
export async function isSignedByAuthor(
  work: Bench,
  { actor, signed }: Pick<TrayRow, 'actor' | 'signed'>
): Promise<boolean> {
  const header = readHeader(signed.header);
  if ('refused' in header || 'newer' in header || header.actor !== actor) return false;
  if ((await sha256(fromBase64Url(signed.payload))) !== header.digest) return false;
  const keys = work.view.directory.public(actor)?.keys ?? [];
  const signedWith = keys.find((candidate) => candidate.id === header.key);
  return signedWith !== undefined && verify(signedWith.publicKey, signed.signature, utf8(signed.header));
}
