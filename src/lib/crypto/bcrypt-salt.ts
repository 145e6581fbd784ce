import { encodeBase64 } from 'bcryptjs';

/** A fresh salt in bcrypt's own base64, 22 characters (16 bytes). */
export function freshSalt(): string {
  return encodeBase64(crypto.getRandomValues(new Uint8Array(16)), 16);
}
