import { describe, expect, test } from 'vitest';
import { fromBase64Url, sha256, toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import { importPrivateKey, makeKey, verify } from '#lib/crypto/signing.ts';
import { isUuid } from '#lib/domain/ids.ts';
import { isCalendarDate, plusDays } from '#lib/domain/dates.ts';
import {
  changeVersion,
  readHeader,
  readPayload,
  readUpdate,
  signCommand,
  signEdit,
  toDomain,
  toEdit,
  type CommandHeader,
  type EditHeader
} from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { limits } from '#lib/protocol/limits.ts';
import { editLimits } from '#lib/yjs/inspect.ts';
import {
  angel,
  day,
  keyOf,
  marta,
  newAccount,
  newKey,
  pageId,
  secretHash,
  uuid,
  zoe
} from '../support/cast.ts';
import { World } from '../support/world.ts';

const addAngel = new World().change(marta, 'pupil.add', { account: newAccount(angel), role: 'pupil' });

const keySet = new World().change(marta, 'key.set', {
  account: angel.id,
  key: newKey(angel, 2),
  reason: 'forgotten'
}).args;

/** Marta adds Ángel, signed. */
async function signed(): Promise<{ change: SignedChange; publicKey: string }> {
  const { privateKey, publicKey } = await makeKey();
  const signing = await importPrivateKey(privateKey);
  return { change: await signCommand(addAngel, signing, 'the sealed key'), publicKey };
}

/** The header as an object of any form. */
async function headerOf(): Promise<Record<string, unknown>> {
  return JSON.parse((await signed()).change.header) as Record<string, unknown>;
}

function headerThatReads(text: string): CommandHeader {
  const header = readHeader(text);
  if ('refused' in header || 'newer' in header || header.kind !== 'command') throw new Error('unreadable');
  return header;
}

/** What reading the payload says when the digest is right. */
async function readArgs(payload: string, name: CommandHeader['name'] = 'access.record'): Promise<unknown> {
  const digest = await sha256(utf8(payload));
  const header = { ...headerThatReads((await signed()).change.header), name, digest };
  return readPayload(header, toBase64Url(utf8(payload)));
}

describe('writing and reading', () => {
  test('[CH6] what was signed is read back the same', async () => {
    const { change } = await signed();
    const header = headerThatReads(change.header);
    const args = await readPayload(header, change.payload);
    if ('refused' in args) throw new Error(args.refused);
    expect(toDomain({ header, args })).toEqual(addAngel);
    expect(change.credential).toBe('the sealed key');
  });

  test('[CH6] prerequisites and the hash of a secret come along', async () => {
    const { privateKey } = await makeKey();
    const after = [addAngel.id];
    const change = await signCommand({ ...addAngel, after }, await importPrivateKey(privateKey));
    const header = headerThatReads(change.header);
    expect(header.after).toEqual(after);
    expect(change.credential).toBeUndefined();
    const secret = secretHash('any');
    expect(toDomain({ header, args: addAngel.args }, secret).secretHash).toBe(secret);
  });

  test('[CH1] the signature is over the exact bytes of the header', async () => {
    const { change, publicKey } = await signed();
    expect(await verify(publicKey, change.signature, utf8(change.header))).toBe(true);
    const respaced = JSON.stringify(JSON.parse(change.header), null, 1);
    expect(readHeader(respaced)).toEqual(readHeader(change.header));
    expect(await verify(publicKey, change.signature, utf8(respaced))).toBe(false);
  });

  test.each(['v', 'id', 'space', 'device', 'session', 'actor', 'key', 'kind', 'name', 'digest', 'at'])(
    '[CH1] a header with another %s bears no signature',
    async (field) => {
      const { change, publicKey } = await signed();
      const header = JSON.parse(change.header) as Record<string, unknown>;
      const tampered = JSON.stringify({ ...header, [field]: `${String(header[field])}0` });
      expect(tampered).not.toBe(change.header);
      expect(await verify(publicKey, change.signature, utf8(tampered))).toBe(false);
    }
  );
});

describe('the payload', () => {
  test('[CH2] another payload than the one that the header names is refused', async () => {
    const { change } = await signed();
    const header = headerThatReads(change.header);
    const args = { ...addAngel.args, role: 'pupil-admin' };
    const other = toBase64Url(utf8(JSON.stringify(args)));
    expect(await readPayload(header, other)).toEqual({ refused: 'digest-wrong' });
    expect(await readPayload(header, '')).toEqual({ refused: 'digest-wrong' });
  });

  test('[CH2] not one bit may differ', async () => {
    const { change } = await signed();
    const bytes = fromBase64Url(change.payload);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const header = headerThatReads(change.header);
    expect(await readPayload(header, toBase64Url(bytes))).toEqual({ refused: 'digest-wrong' });
  });

  test.each([
    ['no JSON', '{'],
    ['no object', '"2026-11-24"'],
    ['nothing', 'null'],
    ['a missing argument', '{}'],
    ['an unknown argument', '{"on":"2026-11-24","at":"10:30"}'],
    ['another type', '{"on":20261124}'],
    ['a day that does not exist', '{"on":"2026-02-30"}'],
    ['a time of day', '{"on":"2026-11-24T10:30:00Z"}']
  ])('[CH4] %s is refused as a payload', async (_, payload) => {
    expect(await readArgs(payload)).toEqual({ refused: 'malformed' });
  });

  test('[CH4] bytes that are no UTF-8, or no base64url, are refused as a payload', async () => {
    const bytes = new Uint8Array([0x22, 0xff, 0x22]);
    const header = { ...headerThatReads((await signed()).change.header), digest: await sha256(bytes) };
    expect(await readPayload(header, toBase64Url(bytes))).toEqual({ refused: 'malformed' });
    expect(await readPayload(header, 'a+b/')).toEqual({ refused: 'malformed' });
  });

  test('[CH4] nobody becomes a prototype', async () => {
    expect(await readArgs('{"on":"2026-11-24","__proto__":{"role":"teacher-admin"}}')).toEqual({
      refused: 'malformed'
    });
  });

  test.each([
    ['an unknown role', { member: angel.id, role: 'owner' }],
    ['a visitor as a role', { member: angel.id, role: 'visitor' }],
    ['a member that is no id', { member: 'Ángel', role: 'pupil' }],
    ['an id in capitals', { member: angel.id.toUpperCase(), role: 'pupil' }]
  ])('[CH4] %s is refused', async (_, args) => {
    expect(await readArgs(JSON.stringify(args), 'member.role')).toEqual({ refused: 'malformed' });
  });

  test('[CH4] a pupil is not added as a teacher', async () => {
    const args = { account: newAccount(angel), role: 'teacher' };
    expect(await readArgs(JSON.stringify(args), 'pupil.add')).toEqual({ refused: 'malformed' });
  });

  test('[CH5] a payload over 24 KiB is refused', async () => {
    const blank = ' '.repeat(limits.commandPayload - 19);
    expect(await readArgs(`{"on":"2026-11-24"}${blank}`)).toEqual({ on: '2026-11-24' });
    expect(await readArgs(`{"on":"2026-11-24"}${blank} `)).toEqual({ refused: 'too-large' });
  });

  test('[CH5] a name of 1 000 characters does not reach the rules', async () => {
    const account = newAccount(angel, { given: 'a'.repeat(1000) });
    expect(await readArgs(JSON.stringify({ account, role: 'pupil' }), 'pupil.add')).toEqual({
      refused: 'malformed'
    });
  });
});

describe('the header', () => {
  test('[CH3] a newer version is kept for later, whatever else it has', async () => {
    const header = await headerOf();
    expect(readHeader(JSON.stringify({ ...header, v: changeVersion + 1 }))).toEqual({ newer: true });
    expect(readHeader(JSON.stringify({ v: 99, entirely: 'new' }))).toEqual({ newer: true });
  });

  test.each<[string, number, Record<string, unknown>]>([
    ['on whose behalf', 2, { behalf: { change: uuid('other'), actor: angel.id } }],
    ['whose what must come first is', 2, { after: [uuid('other')], afterBy: [angel.id] }],
    ['a command of version 2', 1, { name: 'space.rename' }],
    ['a command of version 3', 2, { name: 'draft.keep' }],
    ['a command of version 4', 3, { name: 'page.trash' }]
  ])('[CH3] %s is refused in an older header', async (_, v, over) => {
    const header = { ...(await headerOf()), ...over };
    expect(readHeader(JSON.stringify({ ...header, v }))).toEqual({ refused: 'malformed' });
    expect(readHeader(JSON.stringify({ ...header, v: changeVersion }))).toMatchObject({ v: changeVersion });
  });

  test.each<[string, number, CommandHeader['name'], object]>([
    ['groups of a new pupil', 1, 'pupil.add', { ...addAngel.args, groups: [] }],
    ['what a key replaces', 1, 'key.set', { ...keySet, replaces: keyOf(angel) }],
    ['a classroom key', 2, 'key.set', { ...keySet, key: { ...keySet.key, scope: 'classroom' } }],
    ['days of a lease', 2, 'settings.set', { settings: { leaseDays: 20 } }],
    ['names that are left out', 1, 'account.rename', { account: angel.id, given: 'Ana' }],
    [
      'who wrote in a page before it was read in',
      6,
      'page.create',
      {
        page: uuid('page'),
        title: 'El Ebro',
        order: 'a0',
        draft: false,
        from: { on: '2026-06-03', by: ['Ana'] }
      }
    ]
  ])('[CH3] %s are refused in an older change', async (_, v, name, args) => {
    const bytes = utf8(JSON.stringify(args));
    const header = { ...(await headerOf()), name, digest: await sha256(bytes) } as unknown as CommandHeader;
    const read = (version: number): Promise<unknown> =>
      readPayload({ ...header, v: version as CommandHeader['v'] }, toBase64Url(bytes));
    expect(await read(v)).toEqual({ refused: 'malformed' });
    expect(await read(v + 1)).toEqual(args);
  });

  test('[CH4, GA17] whose each prerequisite is stands there for all of them or for none', async () => {
    const header = { ...(await headerOf()), after: [uuid('one'), uuid('two')] };
    const said = (afterBy: unknown): unknown => readHeader(JSON.stringify({ ...header, afterBy }));
    expect(said([angel.id])).toEqual({ refused: 'malformed' });
    expect(said([angel.id, marta.id])).toMatchObject({ afterBy: [angel.id, marta.id] });
  });

  test.each([0, -1, 1.5, '2', null, [2]])('[CH3] %j is no newer version', async (v) => {
    expect(readHeader(JSON.stringify({ ...(await headerOf()), v }))).toEqual({ refused: 'malformed' });
  });

  test.each([
    ['no JSON', 'v=1'],
    ['a list', '[]'],
    ['a number', '1'],
    ['nothing', ''],
    ['an endless nesting', '['.repeat(1000)]
  ])('[CH4] %s is refused as a header', (_, text) => {
    expect(readHeader(text)).toEqual({ refused: 'malformed' });
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown field', { role: 'teacher-admin' }],
    ['a time', { time: '10:30' }],
    ['an unknown command', { name: 'member.crown' }],
    ['a command named like what every object has', { name: 'constructor' }],
    ['a kind that is not there yet', { kind: 'vote' }],
    ['an edit with the name of a command', { kind: 'edit', doc: uuid('page'), client: 7 }],
    ['an id that is no UUID', { id: '1' }],
    ['an id in capitals', { id: uuid('any').toUpperCase() }],
    ['a UUID that is not of version 4', { actor: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' }],
    ['a key that is no thumbprint', { key: 'abc' }],
    ['a digest that is none', { digest: 'abc' }],
    ['a day that does not exist', { at: '2026-02-30' }],
    ['a time of day', { at: '2026-11-24T10:30:00Z' }],
    ['a prerequisite that is no id', { after: ['yesterday'] }]
  ])('[CH4] %s is refused in a header', async (_, fields) => {
    expect(readHeader(JSON.stringify({ ...(await headerOf()), ...fields }))).toEqual({
      refused: 'malformed'
    });
  });

  test.each(['v', 'id', 'space', 'device', 'session', 'actor', 'key', 'kind', 'name', 'digest', 'at'])(
    '[CH4] a header without %s is refused',
    async (field) => {
      const { [field]: _, ...rest } = await headerOf();
      expect(readHeader(JSON.stringify(rest))).toEqual({ refused: 'malformed' });
    }
  );

  test('[CH5] a header over 2 KiB is refused unread, counted in bytes', async () => {
    const header = JSON.stringify(await headerOf());
    expect(readHeader(header + ' '.repeat(limits.header - header.length))).toHaveProperty('id');
    expect(readHeader(header + ' '.repeat(limits.header - header.length + 1))).toEqual({
      refused: 'too-large'
    });
    expect(readHeader('й'.repeat(limits.header / 2 + 1))).toEqual({ refused: 'too-large' });
  });

  test('[CH5] 16 prerequisites, and no more', async () => {
    const after = Array.from({ length: limits.after + 1 }, (_, index) => uuid(String(index)));
    const header = await headerOf();
    expect(readHeader(JSON.stringify({ ...header, after: after.slice(1) }))).toHaveProperty(
      'after.length',
      16
    );
    expect(readHeader(JSON.stringify({ ...header, after }))).toEqual({ refused: 'malformed' });
  });
});

describe('ids and days', () => {
  test('[CH4] an id is a UUID v4 in lower case', () => {
    expect(isUuid(crypto.randomUUID())).toBe(true);
    expect(isUuid(marta.id)).toBe(true);
    expect(isUuid(`${marta.id}\n`)).toBe(false);
    expect(isUuid(keyOf(zoe))).toBe(false);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', '2026-01-01Z', '', 'today'])(
    '[CH4] %j is no day',
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
    }
  );

  test('[CH4] days exist and are counted over months and leap years', () => {
    expect(isCalendarDate('2028-02-29')).toBe(true);
    expect(plusDays(day('2028-02-28'), 1)).toBe('2028-02-29');
    expect(plusDays(day('2026-12-31'), 1)).toBe('2027-01-01');
    expect(plusDays(day('2026-11-24'), -30)).toBe('2026-10-25');
  });
});

describe('an edit', () => {
  const page = pageId('El Ebro');
  const update = Uint8Array.of(0, 0);

  async function edited(over: Record<string, unknown> = {}) {
    const { name: _, args: __, ...envelope } = addAngel;
    const { privateKey } = await makeKey();
    const signing = await importPrivateKey(privateKey);
    const change = await signEdit({ ...envelope, page }, 4_294_967_295, update, signing);
    const header = { ...(JSON.parse(change.header) as Record<string, unknown>), ...over };
    return { change, header: JSON.stringify(header) };
  }

  function readEdit(text: string): EditHeader {
    const header = readHeader(text);
    if ('refused' in header || 'newer' in header || header.kind !== 'edit') throw new Error('no edit');
    return header;
  }

  test('[CH6, PA8] what was signed is read back the same', async () => {
    const { change } = await edited();
    const header = readEdit(change.header);
    expect(header).toMatchObject({ v: changeVersion, doc: page, client: 4_294_967_295 });
    expect(toEdit(header)).toEqual({ ...toEdit(header), page, actor: addAngel.actor, after: addAngel.after });
    expect(await readUpdate(header, change.payload)).toEqual(update);
  });

  test('[CH2, CH5] the digest binds the update, which has a cap', async () => {
    const header = readEdit((await edited()).change.header);
    expect(await readUpdate(header, toBase64Url(Uint8Array.of(0, 1)))).toEqual({ refused: 'digest-wrong' });
    expect(await readUpdate(header, '?')).toEqual({ refused: 'malformed' });
    const large = new Uint8Array(limits.editPayload + 1);
    expect(await readUpdate(header, toBase64Url(large))).toEqual({ refused: 'too-large' });
    expect(limits.editPayload).toBe(editLimits.bytes);
  });

  test.each<[string, Record<string, unknown>]>([
    ['before there were any', { v: 3 }],
    ['of no page', { doc: 'x' }],
    ['under no clientID', { client: -1 }],
    ['under a clientID of 33 bits', { client: 2 ** 32 }],
    ['under a clientID that is no whole number', { client: 1.5 }],
    ['with the name of a command', { name: 'page.rename' }]
  ])('[CH3, CH4] %s is refused', async (_, over) => {
    expect(readHeader((await edited(over)).header)).toEqual({ refused: 'malformed' });
  });
});
