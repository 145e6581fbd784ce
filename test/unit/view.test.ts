import { describe, expect, test } from 'vitest';
import { toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import type { Change } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { isRefusal } from '#lib/domain/refusals.ts';
import { activeMember } from '#lib/domain/state.ts';
import { memberRows, type MemberRow } from '#lib/session/space/member-row.ts';
import { Fold } from '#lib/session/work/fold.ts';
import { LastingView } from '#lib/session/work/lasting-view.ts';
import { aboutWhom } from '#lib/domain/about.ts';
import { prerequisites, type View } from '#lib/session/work/view.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { groupId, today } from '../support/cast.ts';
import {
  angel,
  angelC,
  giulia,
  luca,
  mares,
  marta,
  newAccount,
  newKey,
  rios,
  secretHash
} from '../support/cast.ts';
import { oksana, zoe, type Person } from '../support/cast.ts';
import { riosDeEuropa, twoSpaces } from '../support/world.ts';

/** Marta's tablet, on which she and others leave changes that wait. */
class Tablet {
  readonly world = riosDeEuropa();
  outbox: readonly OutboxRow[] = [];

  /** Somebody does something here; it waits. */
  leaves<Name extends CommandName>(who: Person, name: Name, args: CommandArgs[Name]): OutboxRow {
    const change = this.world.change(who, name, args, { devices: [marta.device] });
    const { id, space, device, session, actor, key, after, at } = change;
    const header = { v: 3, id, space, device, session, actor, key, kind: 'command', name, after, at };
    const text = JSON.stringify({ ...header, digest: secretHash('any') });
    const signed = { header: text, payload: toBase64Url(utf8(JSON.stringify(args))), signature: '' };
    const seq = this.outbox.length;
    const since = '2026-11-24T10:00:00Z';
    const row: OutboxRow = { seq, id, space, actor, name, signed, since, state: { is: 'waiting' } };
    this.outbox = [...this.outbox, row];
    return row;
  }

  view(contained: (row: OutboxRow) => boolean = () => false): View {
    const { spaces, directory, now } = this.world;
    const parts = { confirmed: spaces, directory, outbox: this.outbox, device: marta.device, now, contained };
    return new LastingView().of(0, parts);
  }

  member(who: Person): MemberRow | undefined {
    const { spaces, directory, waiting } = this.view();
    const state = spaces.get(rios);
    if (!state) throw new Error('not followed');
    const waitingFor = new Set(waiting.map(({ about }) => about));
    const viewer = { account: marta.id, seesUsernames: true, waitingFor };
    return memberRows(state, directory, viewer).find(({ account }) => account === who.id);
  }
}

describe('what a person sees', () => {
  test('[VI1] what waits here is folded over what is confirmed, at once (G6)', () => {
    const tablet = new Tablet();
    tablet.leaves(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' });
    const { spaces, directory } = tablet.view();
    const state = spaces.get(rios);
    expect(state && activeMember(state, giulia.id)?.role).toBe('pupil');
    expect(directory.private(giulia.id)?.username).toBe('giulia.b.1');
    expect(tablet.world.member(giulia)).toBeUndefined();
    expect(tablet.world.directory.private(giulia.id)).toBeUndefined();
  });

  test('[VI1] one change after the other: what waits is judged on what waits before it', () => {
    const tablet = new Tablet();
    tablet.leaves(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' });
    tablet.leaves(marta, 'member.role', { member: giulia.id, role: 'pupil-admin' });
    tablet.leaves(marta, 'key.set', { account: giulia.id, key: newKey(giulia, 2), reason: 'forgotten' });
    const { waiting, spaces } = tablet.view();
    expect(waiting.map(({ refusal }) => refusal)).toEqual([undefined, undefined, undefined]);
    expect(spaces.get(rios)?.members.members.get(giulia.id)?.role).toBe('pupil-admin');
  });

  test('[VI1] what is contained in the confirmed documents is not folded twice', () => {
    const tablet = new Tablet();
    const row = tablet.leaves(marta, 'member.display', { member: angel.id, display: 'Á.' });
    tablet.world.do(marta, 'member.display', { member: angel.id, display: 'Á.' });
    tablet.world.do(luca, 'member.display', { member: zoe.id, display: 'Z.' });
    const { waiting, spaces } = tablet.view(({ id }) => id === row.id);
    expect(waiting).toEqual([]);
    expect(spaces).toEqual(tablet.world.spaces);
  });

  test('[VI1] two pupils of one name, added here without a network, have two usernames (UN5)', () => {
    const tablet = new Tablet();
    tablet.leaves(marta, 'pupil.add', { account: newAccount(angelC), role: 'pupil' });
    expect(tablet.member(angelC)?.username).toBe('angel.canorobles.2');
    expect(tablet.member(angel)?.username).toBe('angel.canorobles.1');
  });

  test('[VI1] nothing is known of a TwinSpace that is not followed here, whatever was told to it before', () => {
    const world = twoSpaces();
    world.do(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' });
    const here = world.spaces.get(mares);
    if (!here) throw new Error('not there');
    const fold = new Fold({ spaces: new Map([[mares, here]]), directory: world.directory });
    for (const { id } of [angel, giulia]) {
      const args = { account: id, role: 'pupil', display: 'A. B.' } as const;
      const change = world.change(oksana, 'pupil.add-existing', args, { space: mares });
      expect(isRefusal(fold.take(change, { device: oksana.device, now: world.now }))).toBe(false);
    }
    expect([...fold.spaces.keys()]).toEqual([mares]);
  });

  test('[VI2] what the rules refuse here changes nothing in view and still waits to be sent', () => {
    const tablet = new Tablet();
    tablet.leaves(angel, 'member.role', { member: angel.id, role: 'teacher-admin', typed: angel.username });
    tablet.leaves(marta, 'member.remove', { member: marta.id });
    tablet.leaves(marta, 'member.display', { member: angel.id, display: 'Á.' });
    const { waiting, spaces } = tablet.view();
    expect(waiting.map(({ refusal }) => refusal?.refused)).toEqual([
      ...['not-permitted', 'last-administrator', undefined]
    ]);
    const state = spaces.get(rios);
    expect(state && activeMember(state, angel.id)).toMatchObject({ role: 'pupil', display: 'Á.' });
    expect(state && activeMember(state, marta.id)?.role).toBe('teacher-admin');
  });

  test('[VI2] a change that this version cannot read is left alone', () => {
    const tablet = new Tablet();
    const row = tablet.leaves(marta, 'member.display', { member: angel.id, display: 'Á.' });
    const header = JSON.stringify({ v: 99 });
    tablet.outbox = [{ ...row, signed: { ...row.signed, header } }];
    expect(tablet.view().waiting).toEqual([]);
    expect(tablet.view().spaces).toEqual(tablet.world.spaces);
  });

  test('[VI3] whoever has something waiting has the mark of waiting, and nobody else', () => {
    const tablet = new Tablet();
    tablet.leaves(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' });
    tablet.leaves(angel, 'access.record', { on: tablet.world.now });
    expect(tablet.member(giulia)?.mark).toBe('waiting');
    expect(tablet.member(angel)?.mark).toBe('waiting');
    expect(tablet.member(zoe)?.mark).toBe('sent');
  });

  test('[VI3] the mark is with whom a change is about, else with its author', () => {
    const { world } = new Tablet();
    const about = (change: Parameters<typeof aboutWhom>[0]): string => aboutWhom(change);
    expect(about(world.change(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' }))).toBe(
      giulia.id
    );
    expect(about(world.change(marta, 'member.remove', { member: angel.id }))).toBe(angel.id);
    const key = { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' } as const;
    expect(about(world.change(marta, 'key.set', key))).toBe(angel.id);
    expect(about(world.change(luca, 'access.record', { on: world.now }))).toBe(luca.id);
  });
});

/** The ids of what must arrive before a change. */
const firsts = (...asked: Parameters<typeof prerequisites>): readonly string[] =>
  prerequisites(...asked).map(({ id }) => id);

describe('what must arrive first', () => {
  test('[GA9] whatever made the account, or its key, of whom a change is about or of who made it', () => {
    const tablet = new Tablet();
    const added = tablet.leaves(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' });
    tablet.leaves(marta, 'member.display', { member: angel.id, display: 'Á.' });
    const key = { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' } as const;
    const keyed = tablet.leaves(marta, 'key.set', key);
    const { waiting } = tablet.view();
    const about = (who: Person, whom: Person): Change =>
      tablet.world.change(who, 'member.display', { member: whom.id, display: 'X' });
    expect(firsts(waiting, about(marta, giulia))).toEqual([added.id]);
    expect(firsts(waiting, tablet.world.change(giulia, 'access.record', { on: today }))).toEqual([added.id]);
    expect(firsts(waiting, about(marta, angel))).toEqual([keyed.id]);
    expect(firsts(waiting, about(marta, zoe))).toEqual([]);
    const accepted = { ...added, state: { is: 'accepted', version: 9 } } as const;
    tablet.outbox = [accepted, ...tablet.outbox.slice(1)];
    expect(firsts(tablet.view().waiting, about(marta, giulia))).toEqual([]);
  });

  test('[GA9] whatever made a group that a change names', () => {
    const tablet = new Tablet();
    const group = groupId('6A');
    const made = tablet.leaves(marta, 'group.make', { group, name: '6.º A', kind: 'class' });
    const fills = { member: angel.id, add: [group], remove: [] };
    const { waiting } = tablet.view();
    const { world } = tablet;
    expect(firsts(waiting, world.change(marta, 'member.groups', fills))).toEqual([made.id]);
    expect(firsts(waiting, world.change(marta, 'group.rename', { group, name: '6A' }))).toEqual([made.id]);
    const account = newAccount(giulia);
    const adds = world.change(marta, 'pupil.add', { account, role: 'pupil', groups: [group] });
    expect(firsts(waiting, adds)).toEqual([made.id]);
    const other = world.change(marta, 'group.rename', { group: groupId('6B'), name: '6B' });
    expect(firsts(waiting, other)).toEqual([]);
  });
});
