import { hash as bcrypt } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { freshSalt } from '#lib/crypto/bcrypt-salt.ts';
import { sha256 } from '#lib/crypto/encoding.ts';
import { deriveSecrets, sealKey } from '#lib/crypto/sealed-key.ts';
import { makeKey } from '#lib/crypto/signing.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import { readCredential, type Credential } from '#lib/protocol/credential.ts';
import { documentOfPage } from '#lib/domain/pages.ts';
import { parseRoom, roomName } from '#lib/protocol/rooms.ts';
import { packKey } from '#lib/session/keys/credential.ts';
import { heldHere } from '#lib/session/keys/held-here.ts';
import { angel, keyOf, pageId, rios, uuid, zoe } from '../support/cast.ts';

const key = { id: keyOf(angel), scope: 'full' } as const;

/** The real thing takes a while: here what it is given is enough. */
const cheap = (password: string): Promise<string> => bcrypt(password, 4);

/** A real credential of Ángel's. */
async function credential(): Promise<Credential> {
  const salt = freshSalt();
  const secrets = await deriveSecrets('rana7pato3', salt, 4, bcrypt);
  const bound = { account: angel.id, key: key.id, scope: key.scope };
  const seal = await sealKey((await makeKey()).privateKey, secrets, bound);
  const proveHash = await sha256(secrets.prove);
  return { v: 1, ...bound, seals: [{ for: 'password', salt, cost: 10, ...seal, proveHash }] };
}

describe('the sealed key that comes beside a change', () => {
  test('[CH7] is read back the same', async () => {
    const made = await credential();
    expect(readCredential(JSON.stringify(made), angel.id, key)).toEqual(made);
  });

  test('[CH7] counts only for the account, the key and the scope of the change', async () => {
    const text = JSON.stringify(await credential());
    expect(readCredential(text, zoe.id, key)).toBeUndefined();
    expect(readCredential(text, angel.id, { ...key, id: keyOf(zoe) })).toBeUndefined();
    expect(readCredential(text, angel.id, { ...key, scope: 'classroom' })).toBeUndefined();
  });

  test.each<[string, (made: Credential) => unknown]>([
    ['no object', () => 'text'],
    ['a newer version', (made) => ({ ...made, v: 2 })],
    ['an unknown field', (made) => ({ ...made, password: 'rana7pato3' })],
    ['no seal', (made) => ({ ...made, seals: [] })],
    ['three seals', (made) => ({ ...made, seals: [...made.seals, ...made.seals, ...made.seals] })],
    ['a cost that gives the password away', (made) => withSeal(made, { cost: 4 })],
    ['a cost that takes a minute', (made) => withSeal(made, { cost: 20 })],
    ['a salt that is none', (made) => withSeal(made, { salt: 'salt' })],
    ['an iv of another length', (made) => withSeal(made, { iv: 'AAAA' })],
    ['an endless sealed key', (made) => withSeal(made, { sealed: 'A'.repeat(401) })],
    ['a seal for something else', (made) => withSeal(made, { for: 'fun' })],
    ['prove itself where its hash belongs', (made) => withSeal(made, { prove: 'A'.repeat(43) })]
  ])('[CH7] does not count with %s', async (_, spoil) => {
    expect(readCredential(JSON.stringify(spoil(await credential())), angel.id, key)).toBeUndefined();
  });

  test('[CH7] does not count when it is no JSON', () => {
    expect(readCredential('{', angel.id, key)).toBeUndefined();
  });
});

describe('a new key', () => {
  test('[KE11] that pictures open is a classroom key, and the change that brings it says so', async () => {
    const secret = { password: 'pictures:sun-moon-sun-key', by: 'pictures', scope: 'classroom' } as const;
    const packed = await packKey(await makeKey(), angel.id, secret, cheap);
    const read = readCredential(packed.text, angel.id, packed.key);
    expect(read?.seals.map((seal) => seal.for)).toEqual(['pictures']);
    expect(packed.key).toMatchObject({ scope: 'classroom', credential: await sha256(packed.text) });
    const person = { account: angel.id, username: '', display: '', home: rios, nameKeys: [] };
    expect(heldHere(person, packed)).toMatchObject({
      by: 'pictures',
      scope: 'classroom',
      key: packed.key.id
    });
  });

  test('[KE10] that a password opens is a full one unless somebody says otherwise', async () => {
    const full = await packKey(await makeKey(), angel.id, { password: 'rana7pato3', recovery: 'X' }, cheap);
    expect(full.key.scope).toBe('full');
    expect(readCredential(full.text, angel.id, full.key)?.seals).toHaveLength(2);
    const classroom = { password: 'la clase de ríos', scope: 'classroom' } as const;
    const packed = await packKey(await makeKey(), angel.id, classroom, cheap);
    expect(readCredential(packed.text, angel.id, packed.key)?.seals[0]?.for).toBe('password');
    expect(packed.key.scope).toBe('classroom');
  });
});

describe('the name of a room', () => {
  test('[CH8] says document, TwinSpace and generation, and is read back the same', () => {
    const room = { document: 'members', space: rios, generation: 12 } as const;
    expect(roomName(room)).toBe(`members/${rios}@12`);
    expect(parseRoom(roomName(room))).toEqual(room);
    expect(parseRoom(`staff/${rios}@1`)).toEqual({ document: 'staff', space: rios, generation: 1 });
    const page = { document: documentOfPage(pageId('El Ebro')), space: rios, generation: 1 };
    expect(roomName(page)).toBe(`page/${pageId('El Ebro')}/${rios}@1`);
    expect(parseRoom(roomName(page))).toEqual(page);
  });

  test.each([
    '',
    'members',
    `members/${rios}`,
    `members/${rios}@0`,
    `members/${rios}@01`,
    `members/${rios}@-1`,
    `members/${rios}@1.5`,
    `members/${rios}@1 `,
    `members/${rios}@9999999999`,
    `secrets/${rios}@1`,
    `page/${rios}@1`,
    `page/x/${rios}@1`,
    `page/${rios}/${rios}/${rios}@1`,
    `members/${rios}/${rios}@1`,
    `members/${rios.toUpperCase()}@1`,
    `members/${'0'.repeat(36) as SpaceId}@1`,
    `members/../${uuid('a')}@1`,
    `/members/${rios}@1`
  ])('[CH8] %j is none', (name) => {
    expect(parseRoom(name)).toBeUndefined();
  });
});

function withSeal(made: Credential, change: Record<string, unknown>): unknown {
  return { ...made, seals: made.seals.map((seal) => ({ ...seal, ...change })) };
}
