import { encodeBase64 } from 'bcryptjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saltText } from '#lib/crypto/bcrypt-salt.ts';

test('[CR1] a salt is written as bcryptjs writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(saltText(bytes)).toBe(encodeBase64([...bytes], 16));
    }),
    { seed: 1 }
  );
});
