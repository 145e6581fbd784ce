import type { KeyScope } from '#lib/domain/account.ts';
import type { AccountId, KeyId } from '#lib/domain/ids.ts';
import { fromBase64Url, sha256, toBase64Url, utf8 } from './encoding.ts';

/** The work factor of bcrypt for new seals: some 75 ms on a desktop, about a second on a slow tablet (F23). */
export const sealCost = 10;

/** The two secrets that come of a password: one opens the key, the other shows the relay that one knows it. */
export interface Secrets {
  readonly seal: Uint8Array<ArrayBuffer>;
  /** 32 bytes in base64url. The relay keeps only its SHA-256. */
  readonly prove: string;
}

/** A private key under a password. */
export interface Seal {
  /** bcrypt's own base64, 22 characters: 16 random bytes. */
  readonly salt: string;
  readonly cost: number;
  /** 12 bytes in base64url. */
  readonly iv: string;
  /** The PKCS #8 private key under AES-256-GCM (NIST SP 800-38D), tag at the end, in base64url. */
  readonly sealed: string;
}

/** What the seal is bound to: it opens for this account, key and scope only (additional data). */
export interface SealedFor {
  readonly account: AccountId;
  readonly key: KeyId;
  readonly scope: KeyScope;
}

/** Computes bcrypt; on a tablet in a worker, since it takes up to a second. */
export type Bcrypt = (password: string, saltWithCost: string) => Promise<string>;

/**
 * What bcrypt is given for a password: the base64 of the SHA-256 of its NFC form, 44 characters. So every byte of a
 * long password counts, and no more than bcrypt's 72 bytes are ever handed to it.
 */
export async function bcryptInput(password: string): Promise<string> {
  return sha256(password.normalize('NFC'));
}

/** password → bcrypt → HKDF-SHA-256 (RFC 5869) → seal and prove. bcrypt's own output is kept nowhere. */
export async function deriveSecrets(
  password: string,
  salt: string,
  cost: number,
  bcrypt: Bcrypt
): Promise<Secrets> {
  const hash = await bcrypt(await bcryptInput(password), `$2b$${String(cost).padStart(2, '0')}$${salt}`);
  const material = await crypto.subtle.importKey('raw', utf8(hash.slice(-31)), 'HKDF', false, ['deriveBits']);
  const derive = async (info: string): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(
      await crypto.subtle.deriveBits(
        { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(info) },
        material,
        256
      )
    );
  return { seal: await derive('twinspace seal 1'), prove: toBase64Url(await derive('twinspace prove 1')) };
}

/** Seals a private key. */
export async function sealKey(
  privateKey: Uint8Array<ArrayBuffer>,
  secrets: Secrets,
  bound: SealedFor
): Promise<Pick<Seal, 'iv' | 'sealed'>> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await aesKey(secrets.seal, 'encrypt');
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additionalData(bound) },
    key,
    privateKey
  );
  return { iv: toBase64Url(iv), sealed: toBase64Url(new Uint8Array(sealed)) };
}

/** Opens a sealed key; undefined when the password was another one, or the seal was made for somebody else. */
export async function openKey(
  seal: Pick<Seal, 'iv' | 'sealed'>,
  secrets: Secrets,
  bound: SealedFor
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const key = await aesKey(secrets.seal, 'decrypt');
    const how = { name: 'AES-GCM', iv: fromBase64Url(seal.iv), additionalData: additionalData(bound) };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, fromBase64Url(seal.sealed)));
  } catch {
    return undefined;
  }
}

function aesKey(bytes: Uint8Array<ArrayBuffer>, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [use]);
}

function additionalData({ account, key, scope }: SealedFor): Uint8Array<ArrayBuffer> {
  return utf8(`twinspace sealed-key 1\n${account}\n${key}\n${scope}`);
}
