import { sha256 } from '#lib/crypto/encoding.ts';
import { importPublicKey, thumbprint } from '#lib/crypto/signing.ts';
import type { Brought } from '#lib/domain/facts.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import { readCredential } from '#lib/protocol/credential.ts';

/** GA7: a new key is a point on the curve and named by its own thumbprint. */
export async function keyProblem({ key }: Brought): Promise<Refusal | undefined> {
  try {
    if ((await thumbprint(key.publicKey)) !== key.id) return refuse('malformed');
    await importPublicKey(key.publicKey);
    return undefined;
  } catch {
    return refuse('malformed');
  }
}

/**
 * GA8: with every new key comes its sealed private half, exactly the one that the signed arguments name, and one that can
 * be opened: a full key with a password, a classroom key with a password or with pictures and with nothing else.
 */
export async function credentialProblem(
  { account, key }: Brought,
  text: string | undefined
): Promise<Refusal | undefined> {
  if (text === undefined || (await sha256(text)) !== key.credential) return refuse('credential-missing');
  const uses = readCredential(text, account, key)?.seals.map((seal) => seal.for) ?? [];
  const opens =
    key.scope === 'full'
      ? uses.includes('password') && !uses.includes('pictures')
      : uses.length === 1 && uses[0] !== 'recovery';
  return opens ? undefined : refuse('credential-missing');
}
