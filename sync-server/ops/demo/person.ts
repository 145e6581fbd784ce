import anyAscii from 'any-ascii';
import { hash as bcryptHash } from 'bcryptjs';
import { freshSalt } from '#lib/crypto/bcrypt-salt.ts';
import { sha256 } from '#lib/crypto/encoding.ts';
import { deriveSecrets, sealCost, sealKey } from '#lib/crypto/sealed-key.ts';
import { importPrivateKey, makeKey } from '#lib/crypto/signing.ts';
import type { NewAccount } from '#lib/domain/account.ts';
import type { AccountId, KeyId } from '#lib/domain/ids.ts';
import { usernameBase } from '#lib/domain/usernames.ts';
import type { Credential } from '#lib/protocol/credential.ts';
import type { CastMember } from './cast.ts';

/** A member of the cast with an account to be made and an opened key. */
export interface DemoPerson {
  readonly account: NewAccount;
  readonly key: KeyId;
  readonly signing: CryptoKey;
  /** The sealed key that goes beside the change. */
  readonly credential: string;
}

/** Makes a person's account and key, sealed under the password as a tablet seals it. */
export async function makePerson(member: CastMember, school: string): Promise<DemoPerson> {
  const id = crypto.randomUUID() as string as AccountId;
  const fresh = await makeKey();
  const bound = { account: id, key: fresh.id, scope: 'full' } as const;
  const salt = freshSalt();
  const secrets = await deriveSecrets(member.password, salt, sealCost, bcryptHash);
  const sealed = await sealKey(fresh.privateKey, secrets, bound);
  const credential: Credential = {
    v: 1,
    ...bound,
    seals: [{ for: 'password', salt, cost: sealCost, ...sealed, proveHash: await sha256(secrets.prove) }]
  };
  const text = JSON.stringify(credential);
  const { given, family } = member;
  const base = usernameBase(given, family, anyAscii);
  if (base === undefined) throw new Error(`no username can be made of ${given} ${family}`);
  return {
    account: {
      id,
      given,
      family,
      school,
      username: `${base}.1`,
      display: `${given} ${family}`,
      key: { id: fresh.id, publicKey: fresh.publicKey, scope: 'full', credential: await sha256(text) }
    },
    key: fresh.id,
    signing: await importPrivateKey(fresh.privateKey),
    credential: text
  };
}
