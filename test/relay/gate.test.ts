import { describe, expect, test } from 'vitest';
import { sha256, toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import { sign } from '#lib/crypto/signing.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ChangeId, DeviceId, KeyId, SpaceId } from '#lib/domain/ids.ts';
import { changeVersion } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import {
  addPupil,
  found,
  freshId,
  freshKeyFor,
  invite,
  newcomer,
  type Newcomer
} from '../support/relay-tablet.ts';
import { founded } from '../support/relay-founded.ts';

const on = '2026-11-24' as CalendarDate;

/** The signed change with another header, signed with the person's key. */
async function withHeader(
  change: SignedChange,
  person: Newcomer,
  over: Record<string, unknown>
): Promise<SignedChange> {
  const header = JSON.stringify({ ...JSON.parse(change.header), ...over });
  return { ...change, header, signature: await sign(person.signing, utf8(header)) };
}

describe('the way through the gate', () => {
  test('[GA1] each change is judged alone and in order: a refused one in the middle stops no other', async () => {
    const { tablet, admin, space } = await founded();
    const wish = { space };
    const verdicts = await tablet.send(
      await tablet.sign(admin, 'access.record', { on }, wish),
      await tablet.sign(admin, 'member.remove', { member: freshId() }, wish),
      await tablet.sign(
        admin,
        'account.rename',
        { account: admin.account, given: 'Marta', family: 'Lagos', school: '' },
        wish
      )
    );
    expect(verdicts.map((verdict) => verdict.is)).toEqual(['accepted', 'refused', 'accepted']);
    expect(verdicts[1]).toMatchObject({ code: 'unknown-member' });
    expect(verdicts.flatMap((verdict) => ('version' in verdict ? [verdict.version] : []))).toEqual([2, 3]);
  });

  test('[GA1] the rules are asked here again, whatever the tablet said: a pupil adds nobody', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const other = await newcomer('Otro', 'Nino');
    const args = { account: other.newAccount, role: 'pupil' } as const;
    const verdict = await world.tablet.do(pupil, 'pupil.add', args, { space: world.space }, other.credential);
    expect(verdict).toMatchObject({ is: 'refused', code: 'not-permitted' });
  });

  test('[GA2] the same change sent again gets the same verdict again, accepted or refused', async () => {
    const { tablet, admin, space } = await founded();
    const yes = await tablet.sign(admin, 'access.record', { on }, { space });
    const no = await tablet.sign(admin, 'member.remove', { member: freshId() }, { space });
    const first = await tablet.send(yes, no);
    expect(await tablet.send(yes, no)).toEqual(first);
    expect(await tablet.send(no, yes)).toEqual([...first].reverse());
  });

  test('[GA2] the same change twice at once is done once', async () => {
    const { tablet, admin, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const answers = await Promise.all([1, 2, 3, 4].map(() => tablet.send(change)));
    expect(new Set(answers.map((verdicts) => JSON.stringify(verdicts))).size).toBe(1);
    const after = await tablet.do(admin, 'access.record', { on }, { space });
    expect(after).toMatchObject({ version: 3 });
  });

  test('[GA2] another change under an id that is taken is refused, and the first one stands', async () => {
    const { tablet, admin, space } = await founded();
    const id = freshId<ChangeId>();
    const first = await tablet.do(admin, 'access.record', { on }, { space, id });
    const args = { account: admin.account, given: 'Otra', family: 'Rios', school: '' };
    const other = await tablet.do(admin, 'account.rename', args, { space, id });
    expect(other).toEqual({ id, is: 'refused', code: 'id-reused' });
    expect(await tablet.do(admin, 'access.record', { on }, { space, id })).not.toEqual(first);
    const staff = await tablet.follow(`staff/${space}@1`).synced();
    expect(staff.get('people', admin.account)).toMatchObject({ given: 'Marta' });
  });

  test('[GA3] a change with a wrong signature does not spoil the id for the true one', async () => {
    const { tablet, admin, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const other = await tablet.sign(admin, 'access.record', { on }, { space });
    const [spoiled] = await tablet.send({ ...change, signature: other.signature });
    expect(spoiled).toMatchObject({ is: 'refused', code: 'signature-wrong' });
    expect(await tablet.send(change)).toMatchObject([{ is: 'accepted' }]);
  });

  test('[GA4] commands of guests come only with a link, and others never with one', async () => {
    const { tablet, admin, space, setUp, relay } = await founded();
    const fresh = await freshKeyFor(admin.account, 'another long password');
    const args = { account: admin.account, key: fresh.key };
    const verdict = await tablet.do(admin, 'key.recover', args, { space }, fresh.credential);
    expect(verdict).toMatchObject({ is: 'refused', code: 'secret-wrong' });

    const link = await relay.makeFoundingLink();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const used = await tablet.use(link.path.split('#')[1] ?? setUp, change);
    expect(used.body.verdict).toMatchObject({ is: 'refused', code: 'secret-wrong' });
  });
});

describe('who signed', () => {
  test('[GA5] a device that the relay does not know signs for nobody', async () => {
    const { tablet, admin, space } = await founded();
    const verdict = await tablet.do(admin, 'access.record', { on }, { space, device: freshId<DeviceId>() });
    expect(verdict).toMatchObject({ is: 'refused', code: 'device-not-enrolled' });
  });

  test('[GA5] a device serves only the TwinSpaces of its accounts', async () => {
    const { tablet, admin, space, relay } = await founded();
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const elsewhere = await found(relay.address, secret, { admin: await newcomer('Ana', 'Otra') });
    const verdict = await elsewhere.tablet.do(elsewhere.admin, 'access.record', { on }, { space });
    expect(verdict).toMatchObject({ is: 'refused', code: 'device-not-enrolled' });
    expect(await tablet.do(admin, 'access.record', { on }, { space: freshId<SpaceId>() })).toMatchObject({
      is: 'refused',
      code: 'space-unknown'
    });
  });

  test('[GA5] a revoked device carries nothing, and nothing that it signed is carried', async () => {
    const world = await founded();
    const partner = await invite(world);
    const wish = { space: world.space };
    const change = await partner.tablet.sign(partner.person, 'access.record', { on }, wish);
    await world.relay.revokeDevice(partner.tablet.device);
    expect(await world.tablet.send(change)).toMatchObject([{ is: 'refused', code: 'device-revoked' }]);
    const { status, body } = await partner.tablet.ask('POST', '/api/changes', { changes: [change] });
    expect([status, body]).toEqual([403, { code: 'device-revoked' }]);
  });

  test('[GA5] for 30 days after a removal what the device has signed is judged by the rules, then no more', async () => {
    const world = await founded();
    const partner = await invite(world);
    const wish = { space: world.space };
    await world.tablet.do(world.admin, 'member.remove', { member: partner.person.account }, wish);
    const verdict = (): Promise<Verdict> => partner.tablet.do(partner.person, 'access.record', { on }, wish);
    expect(await verdict()).toMatchObject({ code: 'not-a-member' });
    world.clock.addDays(31);
    expect(await verdict()).toMatchObject({ code: 'device-not-enrolled' });
  });

  test('[GA6] a key that is not the actor’s signs nothing, nor does anybody else’s for the actor', async () => {
    const world = await founded();
    const { tablet, admin, space } = world;
    const stranger = await newcomer('Nadie', 'Nunca');
    const asAdmin = { ...stranger, account: admin.account };
    expect(await tablet.do(asAdmin, 'access.record', { on }, { space })).toMatchObject({
      code: 'key-unknown'
    });
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const claimed = await tablet.do(
      { ...pupil, account: admin.account },
      'access.record',
      { on },
      { space, key: admin.fresh.id }
    );
    expect(claimed).toMatchObject({ is: 'refused', code: 'signature-wrong' });
  });

  test('[GA6] the signature is over the exact header: a space more is another header', async () => {
    const { tablet, admin, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const [verdict] = await tablet.send({ ...change, header: change.header.replace('{', '{ ') });
    expect(verdict).toMatchObject({ is: 'refused', code: 'signature-wrong' });
  });
});

describe('what comes along', () => {
  test('[GA1] a payload other than the signed one is refused', async () => {
    const { tablet, admin, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const payload = toBase64Url(utf8(JSON.stringify({ on: '2030-01-01' })));
    expect(await tablet.send({ ...change, payload })).toMatchObject([
      { is: 'refused', code: 'digest-wrong' }
    ]);
  });

  test('[GA7] a new key that bears another name than its own is refused', async () => {
    const { tablet, admin, space } = await founded();
    const pupil = await newcomer('Zoe', 'Navarro');
    const other = await newcomer('Otra', 'Persona');
    const key = { ...pupil.newAccount.key, id: other.fresh.id };
    const args = { account: { ...pupil.newAccount, key }, role: 'pupil' } as const;
    const verdict = await tablet.do(admin, 'pupil.add', args, { space }, pupil.credential);
    expect(verdict).toMatchObject({ is: 'refused', code: 'malformed' });
  });

  test('[GA7] a new key that is no point on the curve is refused', async () => {
    const { tablet, admin, space } = await founded();
    const pupil = await newcomer('Zoe', 'Navarro');
    const bytes = new Uint8Array(65).fill(7).fill(4, 0, 1);
    const [x, y] = [toBase64Url(bytes.slice(1, 33)), toBase64Url(bytes.slice(33))];
    const id = (await sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`)) as KeyId;
    const key = { ...pupil.newAccount.key, id, publicKey: toBase64Url(bytes) };
    const args = { account: { ...pupil.newAccount, key }, role: 'pupil' } as const;
    const verdict = await tablet.do(admin, 'pupil.add', args, { space }, pupil.credential);
    expect(verdict).toMatchObject({ is: 'refused', code: 'malformed' });
  });

  test.each([
    ['none', () => undefined],
    ['another than the signed one', (text: string) => `${text} `],
    ['no JSON', () => 'x']
  ])('[GA8] a new key with a sealed half that is %s is refused', async (_what, change) => {
    const { tablet, admin, space } = await founded();
    const pupil = await newcomer('Zoe', 'Navarro');
    const args = { account: pupil.newAccount, role: 'pupil' } as const;
    const verdict = await tablet.do(admin, 'pupil.add', args, { space }, change(pupil.credential));
    expect(verdict).toMatchObject({ is: 'refused', code: 'credential-missing' });
  });

  test.each([
    ['belongs to somebody else', { account: freshId() }],
    ['is of another scope', { scope: 'classroom' }],
    ['has no seal', { seals: [] }],
    ['is of a newer version', { v: 3 }]
  ])('[GA8] a signed-for sealed half that %s is refused', async (_what, over) => {
    const { tablet, admin, space } = await founded();
    const pupil = await newcomer('Zoe', 'Navarro');
    const credential = JSON.stringify({ ...JSON.parse(pupil.credential), ...over });
    const key = { ...pupil.newAccount.key, credential: await sha256(credential) };
    const args = { account: { ...pupil.newAccount, key }, role: 'pupil' } as const;
    const verdict = await tablet.do(admin, 'pupil.add', args, { space }, credential);
    expect(verdict).toMatchObject({ is: 'refused', code: 'credential-missing' });
  });

  test('[GA8] a sealed half that only a recovery code opens is refused: its person could not sign in', async () => {
    const { tablet, admin, space } = await founded();
    const pupil = await newcomer('Zoe', 'Navarro', { recovery: 'AAAAA-BBBBB' });
    const json = JSON.parse(pupil.credential) as { seals: { for: string }[] };
    json.seals = json.seals.filter((seal) => seal.for === 'recovery');
    const credential = JSON.stringify(json);
    const key = { ...pupil.newAccount.key, credential: await sha256(credential) };
    const args = { account: { ...pupil.newAccount, key }, role: 'pupil' } as const;
    const verdict = await tablet.do(admin, 'pupil.add', args, { space }, credential);
    expect(verdict).toMatchObject({ is: 'refused', code: 'credential-missing' });
  });
});

describe('what comes before', () => {
  test('[GA9] a change waits for what must come before it, and is done when that has come', async () => {
    const { tablet, admin, space } = await founded();
    const first = await tablet.sign(admin, 'access.record', { on }, { space });
    const after = [(JSON.parse(first.header) as { id: ChangeId }).id];
    const second = await tablet.sign(admin, 'access.record', { on }, { space, after });
    expect(await tablet.send(second)).toMatchObject([{ is: 'retry', code: 'prerequisite-unknown' }]);
    expect(await tablet.send(first, second)).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }]);
  });

  test('[GA9] a change falls with what must come before it', async () => {
    const { tablet, admin, space } = await founded();
    const refused = await tablet.do(admin, 'member.remove', { member: freshId() }, { space });
    const verdict = await tablet.do(admin, 'access.record', { on }, { space, after: [refused.id] });
    expect(verdict).toMatchObject({ is: 'refused', code: 'depends-on-refused' });
  });

  test('[GA9] the first change of a pupil waits for the pupil, although the key is not known yet', async () => {
    const { tablet, admin, space } = await founded();
    const pupil = await newcomer('Zoe', 'Navarro');
    const args = { account: pupil.newAccount, role: 'pupil' } as const;
    const add = await tablet.sign(admin, 'pupil.add', args, { space }, pupil.credential);
    const after = [(JSON.parse(add.header) as { id: ChangeId }).id];
    const access = await tablet.sign(pupil, 'access.record', { on }, { space, after });
    expect(await tablet.send(access)).toMatchObject([{ is: 'retry', code: 'prerequisite-unknown' }]);
    expect(await tablet.send(add, access)).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }]);
  });
});

describe('whose clock, which form', () => {
  test('[GA12] a tablet whose clock is years off brings no future: the relay’s date counts', async () => {
    const { tablet, admin, space } = await founded();
    const wish = { space, at: '2041-01-01' as CalendarDate };
    await tablet.do(admin, 'access.record', { on: '2041-01-01' as CalendarDate }, wish);
    const staff = await tablet.follow(`staff/${space}@1`).synced();
    expect(staff.get('access', admin.account)).toBe('2026-11-25');
  });

  test('[GA13] a change of a newer version is asked for again later, and is done by a relay that knows it', async () => {
    const { tablet, admin, space } = await founded();
    const change = await tablet.sign(admin, 'access.record', { on }, { space });
    const newer = await withHeader(change, admin, { v: changeVersion + 1, kind: 'vote', novelty: true });
    const { id } = JSON.parse(change.header) as { id: string };
    const verdicts = await tablet.send(newer, change);
    expect(verdicts).toMatchObject([
      { id, is: 'retry', code: 'relay-behind' },
      { id, is: 'accepted' }
    ]);
  });

  test.each([
    ['no JSON', 'x'],
    ['no object', '17'],
    ['nothing', ''],
    ['an object without anything', '{}']
  ])('[GA13] a header that is %s is refused as malformed and spoils no other', async (_what, header) => {
    const { tablet, admin, space } = await founded();
    const good = await tablet.sign(admin, 'access.record', { on }, { space });
    expect(await tablet.send({ ...good, header }, good)).toMatchObject([
      { id: '', is: 'refused', code: 'malformed' },
      { is: 'accepted' }
    ]);
  });

  test('[GA13] a header with one field too many, or an unknown command, is refused as malformed', async () => {
    const { tablet, admin, space } = await founded();
    const good = await tablet.sign(admin, 'access.record', { on }, { space });
    const more = await withHeader(good, admin, { admin: true });
    const unknown = await withHeader(good, admin, { name: 'space.destroy' });
    const { id } = JSON.parse(good.header) as { id: string };
    const refused = { id, is: 'refused', code: 'malformed' };
    expect(await tablet.send(more, unknown)).toEqual([refused, refused]);
  });

  test('[GA13] a payload larger than a command may be is refused as too large', async () => {
    const { tablet, admin, space } = await founded();
    const good = await tablet.sign(admin, 'access.record', { on }, { space });
    const bytes = utf8(' '.repeat(limits.commandPayload + 1));
    const signed = await withHeader(good, admin, { digest: await sha256(bytes) });
    expect(await tablet.send({ ...signed, payload: toBase64Url(bytes) })).toMatchObject([
      { is: 'refused', code: 'too-large' }
    ]);
  });

  test('[GA14] a pupil can sign in at once on the tablet where they were added, and their key comes along', async () => {
    const world = await founded();
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const { body } = await world.tablet.report();
    expect(body.accounts).toContain(pupil.account);
    expect(body.credentials.map((credential) => credential.key)).toContain(pupil.fresh.id);
  });

  test('[GA14] whoever sets a pupil’s password can let the pupil in on that tablet', async () => {
    const world = await founded();
    const partner = await invite(world, 'teacher-admin');
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const fresh = await freshKeyFor(pupil.account, 'rana7trucha2');
    const args = { account: pupil.account, key: fresh.key, reason: 'forgotten' } as const;
    const verdict = await partner.tablet.do(
      partner.person,
      'key.set',
      args,
      { space: world.space },
      fresh.credential
    );
    expect(verdict).toMatchObject({ is: 'accepted' });
    const { body } = await partner.tablet.report();
    expect(body.credentials.find((credential) => credential.account === pupil.account)?.key).toBe(
      fresh.fresh.id
    );
  });
});
