import { utf8 } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signing.ts';
import type { Directory } from '#lib/domain/directory.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import type { Header } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Brought } from '#lib/domain/facts.ts';

/**
 * GA6: the header is signed with the key that it names: one of the actor's in the directory or, where a guest brings an
 * account or a key, that one.
 */
export async function signatureProblem(
  signed: SignedChange,
  header: Header,
  directory: Directory,
  brought: Brought | undefined
): Promise<Refusal | undefined> {
  const known = directory.public(header.actor)?.keys.find((key) => key.id === header.key);
  const own = brought?.account === header.actor && brought.key.id === header.key ? brought.key : undefined;
  const key = own ?? known;
  if (!key) return refuse('key-unknown');
  const holds = await verify(key.publicKey, signed.signature, utf8(signed.header));
  return holds ? undefined : refuse('signature-wrong');
}
