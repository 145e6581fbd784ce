import { hash as bcrypt } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { freshSalt } from '#lib/crypto/bcrypt-salt.ts';
import { fromBase64Url, randomBelow, sha256, toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import { makeRecoveryCode, readRecoveryCode } from '#lib/crypto/recovery-code.ts';
import {
  bcryptInput,
  deriveSecrets,
  openKey,
  sealKey,
  type Secrets,
  type SealedFor
} from '#lib/crypto/sealed-key.ts';
import { importPrivateKey, makeKey, sign, thumbprint, verify } from '#lib/crypto/signing.ts';
import { angel, keyOf, zoe } from '../support/cast.ts';

/** 16 bytes, as bcrypt writes them. */
const salt = 'abcdefghijklmnopqrstuu';
/** bcrypt's least: these tests are about what goes in and what comes out. */
const cost = 4;
const bound: SealedFor = { account: angel.id, key: keyOf(angel), scope: 'full' };

const derive = (password: string, withSalt = salt): Promise<Secrets> =>
  deriveSecrets(password, withSalt, cost, bcrypt);

describe('the two secrets of a password', () => {
  test('[CR1] seal and prove are 32 bytes each and differ', async () => {
    const { seal, prove } = await derive('rana7pato3');
    expect(seal).toHaveLength(32);
    expect(fromBase64Url(prove)).toHaveLength(32);
    expect(toBase64Url(seal)).not.toBe(prove);
  });

  test('[CR1] the same password and salt give the same two, another salt two others', async () => {
    const [one, again, other] = [
      await derive('rana7'),
      await derive('rana7'),
      await derive('rana7', freshSalt())
    ];
    expect(again).toEqual(one);
    expect(other.prove).not.toBe(one.prove);
    expect(other.seal).not.toEqual(one.seal);
  });

  test('[CR1] bcrypt is given the salt and the cost as it writes them itself', async () => {
    const asked: string[] = [];
    await deriveSecrets('rana7', salt, 9, (_, saltWithCost) => {
      asked.push(saltWithCost);
      return Promise.resolve('x'.repeat(60));
    });
    expect(asked).toEqual([`$2b$09$${salt}`]);
  });

  test('[CR1] a fresh salt is 22 signs of bcrypt and never the same', () => {
    const salts = new Set(Array.from({ length: 50 }, freshSalt));
    expect(salts.size).toBe(50);
    for (const one of salts) expect(one).toMatch(/^[./A-Za-z0-9]{22}$/);
  });
});

describe('passwords of every length', () => {
  test.each([
    ['200 characters', 200],
    ['73 bytes, one more than bcrypt reads', 73],
    ['72 bytes', 72]
  ])('[CR4] two of %s that differ in the last one open different keys', async (_, length) => {
    const [a, b] = [`${'x'.repeat(length - 1)}a`, `${'x'.repeat(length - 1)}b`];
    expect(await bcryptInput(a)).not.toBe(await bcryptInput(b));
    expect((await derive(a)).prove).not.toBe((await derive(b)).prove);
  });

  test('[CR4] two of more than 72 bytes in few characters differ in the last one', async () => {
    const [a, b] = ['й'.repeat(40) + 'а', 'й'.repeat(40) + 'б'];
    expect((await derive(a)).prove).not.toBe((await derive(b)).prove);
  });

  test('[CR4] bcrypt is never given more than its 72 bytes, nor a zero byte', async () => {
    for (const password of ['', 'a', '🐸'.repeat(500), 'with\u0000zero']) {
      expect(await bcryptInput(password)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    }
  });

  test('[CR4] a zero byte cuts nothing off', async () => {
    expect((await derive('rana\u00007')).prove).not.toBe((await derive('rana\u00008')).prove);
  });

  test('[CR4] an accent typed as one sign or as two is the same', async () => {
    expect(await derive('Mañana'.normalize('NFD'))).toEqual(await derive('Mañana'.normalize('NFC')));
  });
});

describe('a sealed key', () => {
  const privateKey = utf8('any private key');

  test('[CR2] opens with its own password', async () => {
    const secrets = await derive('rana7pato3');
    expect(await openKey(await sealKey(privateKey, secrets, bound), secrets, bound)).toEqual(privateKey);
  });

  test('[CR2] stays shut for another password, and for what the relay is told', async () => {
    const secrets = await derive('rana7pato3');
    const seal = await sealKey(privateKey, secrets, bound);
    expect(await openKey(seal, await derive('rana7pato4'), bound)).toBeUndefined();
    const told = { ...secrets, seal: fromBase64Url(secrets.prove) };
    expect(await openKey(seal, told, bound)).toBeUndefined();
  });

  test('[CR2] stays shut when a bit of it was changed, or it is no seal at all', async () => {
    const secrets = await derive('rana7pato3');
    const { iv, sealed } = await sealKey(privateKey, secrets, bound);
    const bytes = fromBase64Url(sealed);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    expect(await openKey({ iv, sealed: toBase64Url(bytes) }, secrets, bound)).toBeUndefined();
    expect(await openKey({ iv, sealed: '' }, secrets, bound)).toBeUndefined();
    expect(await openKey({ iv: '%', sealed }, secrets, bound)).toBeUndefined();
  });

  test.each<[string, Partial<SealedFor>]>([
    ['account', { account: zoe.id }],
    ['key', { key: keyOf(zoe) }],
    ['scope', { scope: 'classroom' }]
  ])('[CR3] stays shut for another %s', async (_, other) => {
    const secrets = await derive('rana7pato3');
    const seal = await sealKey(privateKey, secrets, bound);
    expect(await openKey(seal, secrets, { ...bound, ...other })).toBeUndefined();
  });

  test('[CR2] two seals of one key under one password share nothing', async () => {
    const secrets = await derive('rana7pato3');
    const [a, b] = [await sealKey(privateKey, secrets, bound), await sealKey(privateKey, secrets, bound)];
    expect(a.iv).not.toBe(b.iv);
    expect(a.sealed).not.toBe(b.sealed);
  });
});

describe('the recovery code', () => {
  test('[CR5] is five groups of five signs that nobody mistakes, and never the same', () => {
    const codes = new Set(Array.from({ length: 50 }, makeRecoveryCode));
    expect(codes.size).toBe(50);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
  });

  test.each([
    ['as it was printed', 'ABCDE-FGHJK-MNPQR-STVWX-YZ012'],
    ['in lower case', 'abcde-fghjk-mnpqr-stvwx-yz012'],
    ['without hyphens', 'ABCDEFGHJKMNPQRSTVWXYZ012'],
    ['with spaces', ' abcde fghjk mnpqr stvwx yz012 '],
    ['with O for 0 and l or I for 1', 'abcde-fghjk-mnpqr-stvwx-yzOl2'],
    ['with I for 1', 'abcde-fghjk-mnpqr-stvwx-yzoI2']
  ])('[CR5] is read %s', (_, typed) => {
    expect(readRecoveryCode(typed)).toBe('ABCDE-FGHJK-MNPQR-STVWX-YZ012');
  });

  test('[CR5] reads back every code that was made', () => {
    for (let turn = 0; turn < 200; turn++) {
      const code = makeRecoveryCode();
      expect(readRecoveryCode(code)).toBe(code);
      expect(readRecoveryCode(code.toLowerCase().replaceAll('-', ''))).toBe(code);
    }
  });

  test('[CR5] chance is even: every number below the bound comes, none from it on', () => {
    const seen = new Set(Array.from({ length: 2000 }, () => randomBelow(32)));
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, index) => index));
  });
});

describe('a signature', () => {
  test('[CR6] holds for its bytes and its key', async () => {
    const key = await makeKey();
    const signature = await sign(await importPrivateKey(key.privateKey), utf8('hello'));
    expect(fromBase64Url(signature)).toHaveLength(64);
    expect(await verify(key.publicKey, signature, utf8('hello'))).toBe(true);
  });

  test('[CR6] holds for nothing else', async () => {
    const [key, other] = [await makeKey(), await makeKey()];
    const signature = await sign(await importPrivateKey(key.privateKey), utf8('hello'));
    expect(await verify(key.publicKey, signature, utf8('hello '))).toBe(false);
    expect(await verify(other.publicKey, signature, utf8('hello'))).toBe(false);
    const bytes = fromBase64Url(signature);
    bytes[63] = (bytes[63] ?? 0) ^ 1;
    expect(await verify(key.publicKey, toBase64Url(bytes), utf8('hello'))).toBe(false);
  });

  test.each([
    ['an empty key', '', 'AAAA'],
    ['a key that is no point of the curve', `B${'A'.repeat(86)}`, 'A'.repeat(86)],
    ['a key that is no base64url', 'B+/=', 'A'.repeat(86)]
  ])('[CR6] is false for %s, and nothing is thrown', async (_, publicKey, signature) => {
    expect(await verify(publicKey, signature, utf8('hello'))).toBe(false);
  });

  test.each(['', 'AAAA', '=', 'A'.repeat(200)])(
    '[CR6] is false for the malformed signature %j',
    async (text) => {
      const { publicKey } = await makeKey();
      expect(await verify(publicKey, text, utf8('hello'))).toBe(false);
    }
  );

  test('[CR6] a key that was read in cannot be taken out again', async () => {
    const key = await importPrivateKey((await makeKey()).privateKey);
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });

  test('[CR6] the name of a key is its RFC 7638 thumbprint', async () => {
    const { id, publicKey } = await makeKey();
    const point = fromBase64Url(publicKey);
    const [x, y] = [toBase64Url(point.slice(1, 33)), toBase64Url(point.slice(33))];
    expect(id).toBe(await sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`));
    expect(await thumbprint(publicKey)).toBe(id);
    await expect(thumbprint('AAAA')).rejects.toThrow(TypeError);
  });
});
