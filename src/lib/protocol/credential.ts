import * as v from 'valibot';
import type { NewKey } from '#lib/domain/account.ts';
import { accountId, hash, keyId, spaceId } from './schemas.ts';

/** What a password is derived with: bcrypt's base64 of 16 bytes; so much work as a tablet can do. */
export const derivation = {
  salt: v.pipe(v.string(), v.regex(/^[./A-Za-z0-9]{22}$/)),
  cost: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(14))
};

const seal = {
  ...derivation,
  iv: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16}$/)),
  sealed: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,400}$/))
};

/** How a seal is opened: with the password, with four pictures (KE11), or with the recovery code that was printed. */
export const sealUse = v.picklist(['password', 'pictures', 'recovery']);
export type SealUse = v.InferOutput<typeof sealUse>;

/** A new key's sealed private half, as it travels beside the change that brings the key. */
export const credentialSchema = v.strictObject({
  v: v.literal(1),
  account: accountId,
  key: keyId,
  scope: v.picklist(['full', 'classroom']),
  seals: v.pipe(
    v.array(v.strictObject({ for: sealUse, ...seal, /** SHA-256 of `prove` */ proveHash: hash })),
    v.minLength(1),
    v.maxLength(2)
  )
});
export type Credential = v.InferOutput<typeof credentialSchema>;

/** A credential as a device keeps it: enough to open the key with the password, without what the relay compares. */
export const heldCredentialSchema = v.strictObject({
  account: accountId,
  username: v.string(),
  display: v.string(),
  /** The account's home TwinSpace: where its key may be set from. */
  home: spaceId,
  key: keyId,
  publicKey: v.string(),
  scope: v.picklist(['full', 'classroom']),
  /** What opens it. */
  by: v.picklist(['password', 'pictures']),
  ...seal
});
export type HeldCredential = v.InferOutput<typeof heldCredentialSchema>;

/** The credential that the text is, if it is one for this account and key. */
export function readCredential(
  text: string,
  account: string,
  key: Pick<NewKey, 'id' | 'scope'>
): Credential | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = v.safeParse(credentialSchema, json);
  if (!read.success) return undefined;
  const { output } = read;
  return output.account === account && output.key === key.id && output.scope === key.scope
    ? output
    : undefined;
}
