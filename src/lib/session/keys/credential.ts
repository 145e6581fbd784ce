import { freshSalt } from '#lib/crypto/bcrypt-salt.ts';
import { sha256 } from '#lib/crypto/encoding.ts';
import { deriveSecrets, sealCost, sealKey, type Bcrypt, type SealedFor } from '#lib/crypto/sealed-key.ts';
import type { FreshKey } from '#lib/crypto/signing.ts';
import type { KeyScope, NewKey } from '#lib/domain/account.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Credential, SealUse } from '#lib/protocol/credential.ts';
import { bcryptInWorker } from './bcrypt.ts';

/** A new key ready to travel: its public half for the command, its sealed half beside it and for this device. */
export interface PackedKey {
  readonly key: NewKey;
  /** The exact JSON text that goes beside the change. */
  readonly text: string;
  /** The seal that the password, or the pictures, open. */
  readonly seal: Credential['seals'][number];
}

/** What opens a new key, and what it will be good for. */
export interface Secret {
  readonly password: string;
  /** Pictures: the password is what they come to (KE11). */
  readonly by?: 'password' | 'pictures';
  readonly scope?: KeyScope;
  /** Of adults' full keys: a code for when the password is forgotten. */
  readonly recovery?: string;
}

/** Seals a fresh key under a password and, for adults, under a recovery code too (architecture: people). */
export async function packKey(
  fresh: FreshKey,
  account: AccountId,
  { password, by = 'password', scope = 'full', recovery }: Secret,
  bcrypt: Bcrypt = bcryptInWorker
): Promise<PackedKey> {
  const bound: SealedFor = { account, key: fresh.id, scope };
  const seal = await sealUnder(fresh, bound, by, password, bcrypt);
  const seals = [seal];
  if (recovery) seals.push(await sealUnder(fresh, bound, 'recovery', recovery, bcrypt));
  const credential: Credential = { v: 1, ...bound, seals };
  const text = JSON.stringify(credential);
  const key = { id: fresh.id, publicKey: fresh.publicKey, scope, credential: await sha256(text) };
  return { key, text, seal };
}

async function sealUnder(
  fresh: FreshKey,
  bound: SealedFor,
  use: SealUse,
  password: string,
  bcrypt: Bcrypt
): Promise<Credential['seals'][number]> {
  const salt = freshSalt();
  const secrets = await deriveSecrets(password, salt, sealCost, bcrypt);
  const sealed = await sealKey(fresh.privateKey, secrets, bound);
  return { for: use, salt, cost: sealCost, ...sealed, proveHash: await sha256(secrets.prove) };
}
