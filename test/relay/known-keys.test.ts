import { expect, onTestFinished, test, vi } from 'vitest';
import { utf8 } from '#lib/crypto/encoding.ts';
import { importPrivateKey, makeKey, sign } from '#lib/crypto/signing.ts';
import { KnownKeys } from '#relay/gate/known-keys.ts';

test('[GA6] a key that signs often is imported once, and one that is none has signed nothing', async () => {
  const [key, other] = [await makeKey(), await makeKey()];
  const header = '{"v":3}';
  const signature = await sign(await importPrivateKey(key.privateKey), utf8(header));
  const signed = { header, signature, payload: '' };
  const imports = vi.spyOn(crypto.subtle, 'importKey');
  onTestFinished(() => imports.mockRestore());
  const keys = new KnownKeys();
  for (let time = 0; time < 3; time++) expect(await keys.hasSigned(key.publicKey, signed)).toBe(true);
  expect(await keys.hasSigned(other.publicKey, signed)).toBe(false);
  expect(imports).toHaveBeenCalledTimes(2);
  const garbled = { ...signed, header: `${header} ` };
  expect(await keys.hasSigned(key.publicKey, garbled)).toBe(false);
  for (const publicKey of ['', '*', 'AAAA'])
    for (let time = 0; time < 2; time++) expect(await keys.hasSigned(publicKey, signed)).toBe(false);
  expect(await keys.hasSigned(key.publicKey, { ...signed, signature: '*' })).toBe(false);
});
