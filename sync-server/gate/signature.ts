import type { Directory } from '#lib/domain/directory.ts';
import type { Brought } from '#lib/domain/facts.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import type { Header } from '#lib/protocol/change.ts';

/**
 * GA6: the key that must have signed: one of the actor's in the directory or, where a guest brings an account or a key,
 * that one.
 */
export function signingKey(
  header: Pick<Header, 'actor' | 'key'>,
  directory: Directory,
  brought: Brought | undefined
): { readonly publicKey: string } | undefined {
  const own = brought?.account === header.actor && brought.key.id === header.key ? brought.key : undefined;
  return own ?? directory.public(header.actor)?.keys.find((key) => key.id === header.key);
}

/** A header, and whether this key has signed it. */
interface Signed {
  readonly header: Pick<Header, 'actor' | 'key'>;
  readonly signedWith: (publicKey: string) => Promise<boolean>;
}

/** GA6: the header is signed with the key that it names. */
export async function signatureProblem(
  { header, signedWith }: Signed,
  directory: Directory,
  brought: Brought | undefined
): Promise<Refusal | undefined> {
  const key = signingKey(header, directory, brought);
  if (!key) return refuse('key-unknown');
  return (await signedWith(key.publicKey)) ? undefined : refuse('signature-wrong');
}
