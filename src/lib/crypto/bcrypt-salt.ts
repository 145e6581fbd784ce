/** bcrypt's own base64 packs bits as RFC 4648 does and differs in its alphabet alone. */
const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const own = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Sixteen bytes in bcrypt's own base64, 22 characters. Written here because screens that only ask for a password would
 * load all of bcryptjs for it; a test holds it against bcryptjs.
 */
export function saltText(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
  return [...text].map((sign) => own[standard.indexOf(sign)]).join('');
}

/** A fresh salt: 16 bytes from the platform's cryptographic source. */
export function freshSalt(): string {
  return saltText(crypto.getRandomValues(new Uint8Array(16)));
}
