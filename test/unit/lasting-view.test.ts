import { describe, expect, test } from 'vitest';
import type { Change } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { LastingView } from '#lib/session/work/lasting-view.ts';
import type { View, ViewParts } from '#lib/session/work/view.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { angel, giulia, marta, newAccount, newKey, rios, uuid, zoe, type Person } from '../support/cast.ts';
import { outboxRow } from '../support/outbox-row.ts';
import { riosDeEuropa } from '../support/world.ts';

/** A tablet whose outbox grows, and two views of it: one that lasts, one made anew each time. */
class Tablet {
  readonly world = riosDeEuropa();
  readonly lasting = new LastingView();
  outbox: readonly OutboxRow[] = [];
  accounts: readonly AccountId[] = marta.device.accounts;

  leaves<Name extends CommandName>(who: Person, name: Name, args: CommandArgs[Name]): void {
    this.outbox = [...this.outbox, outboxRow(this.outbox.length, this.wishes(who, name, args))];
  }

  wishes<Name extends CommandName>(who: Person, name: Name, args: CommandArgs[Name]): Change {
    return this.world.change(who, name, args, { devices: [marta.device] });
  }

  get circumstances(): { readonly device: Device; readonly now: CalendarDate } {
    return { device: { ...marta.device, accounts: this.accounts }, now: this.world.now };
  }

  view(version = 0): View {
    return this.lasting.of(version, this.#parts());
  }

  #parts(): ViewParts {
    const { spaces, directory } = this.world;
    return {
      confirmed: spaces,
      directory,
      outbox: this.outbox,
      ...this.circumstances,
      contained: ({ state }) => state.is === 'accepted'
    };
  }

  /** What the lasting view shows, after it was seen to be what a fresh one shows. */
  seen(version = 0): View {
    const lasting = this.view(version);
    const fresh = new LastingView().of(0, this.#parts());
    expect(told(lasting)).toEqual(told(fresh));
    return lasting;
  }
}

/** All of a view that can be compared. */
function told({ spaces, directory, waiting }: View): unknown {
  const state = spaces.get(rios);
  const members = [...(state?.members.members ?? [])];
  const names = members.map(([id]) => directory.private(id as AccountId)?.username);
  return [members, names, waiting];
}

describe('a view that lasts', () => {
  test('[VI1] it grows with the outbox, and is what a fresh one would be', () => {
    const tablet = new Tablet();
    tablet.seen();
    tablet.leaves(marta, 'pupil.add', { account: newAccount(giulia), role: 'pupil' });
    tablet.seen();
    tablet.leaves(marta, 'member.display', { member: giulia.id, display: 'G.' });
    tablet.leaves(marta, 'member.remove', { member: marta.id });
    const { waiting } = tablet.seen();
    expect(waiting.map(({ refusal }) => refusal?.refused)).toEqual([
      undefined,
      undefined,
      'last-administrator'
    ]);
  });

  test('[VI1] what a row has become is seen, and what is contained is no longer folded', () => {
    const tablet = new Tablet();
    tablet.leaves(marta, 'member.display', { member: angel.id, display: 'Á.' });
    tablet.leaves(marta, 'member.display', { member: zoe.id, display: 'Z.' });
    tablet.seen();
    tablet.outbox = tablet.outbox.map((row) => ({ ...row, state: { is: 'retry', code: 'later' } }));
    expect(tablet.seen().waiting.map(({ row }) => row.state.is)).toEqual(['retry', 'retry']);
    const [first, ...rest] = tablet.outbox;
    if (!first) throw new Error('nothing waits');
    tablet.outbox = [{ ...first, state: { is: 'accepted', version: 9 } }, ...rest];
    expect(tablet.seen().waiting.length).toBe(1);
  });

  test('[VI1] another version of the confirmed documents is folded over anew', () => {
    const tablet = new Tablet();
    tablet.leaves(marta, 'member.display', { member: angel.id, display: 'Á.' });
    tablet.seen(0);
    tablet.world.do(marta, 'member.remove', { member: angel.id });
    expect(tablet.seen(1).spaces.get(rios)?.members.members.get(angel.id)?.status.is).toBe('removed');
  });

  test('[VI1, KE4] accounts that are held here besides change nothing; those that have acted do', () => {
    const tablet = new Tablet();
    tablet.accounts = [...marta.device.accounts, angel.id];
    tablet.world.do(marta, 'key.set', { account: angel.id, key: newKey(angel, 2), reason: 'forgotten' });
    tablet.leaves(angel, 'access.record', { on: tablet.world.now });
    expect(tablet.seen().waiting[0]?.refusal).toBeUndefined();
    tablet.accounts = [...tablet.accounts, uuid('somebody else') as AccountId];
    expect(tablet.seen().waiting[0]?.refusal).toBeUndefined();
    tablet.accounts = marta.device.accounts;
    expect(tablet.seen().waiting[0]?.refusal?.refused).toBe('key-former');
  });

  test('[OB1, VI1] what was judged before it was stored is neither read nor judged again', () => {
    const tablet = new Tablet();
    tablet.seen();
    const change = tablet.wishes(marta, 'member.display', { member: angel.id, display: 'Á.' });
    const trial = tablet.lasting.trial();
    expect(trial.take(change, tablet.circumstances)).toBeUndefined();
    const forget = tablet.lasting.expect(trial.judged);
    const [judged] = trial.judged;
    const { signed, ...row } = outboxRow(0, change);
    tablet.outbox = [{ ...row, signed: { ...signed, payload: 'nobody reads this' } }];
    const view = tablet.view();
    expect(view.waiting[0]?.change).toBe(change);
    const written = judged?.decision.puts.find(({ key }) => key === angel.id)?.value;
    expect(view.spaces.get(rios)?.members.members.get(angel.id)).toBe(written);
    forget();
    expect(tablet.view().waiting[0]?.change).toBe(change);
  });

  test('[OB1, VI1] two who judged on the same: whoever is stored second is judged again, with all that follows', () => {
    const tablet = new Tablet();
    tablet.seen();
    const removed = tablet.wishes(marta, 'member.remove', { member: angel.id });
    const renamed = tablet.wishes(marta, 'member.display', { member: angel.id, display: 'Á.' });
    const again = tablet.wishes(marta, 'member.display', { member: angel.id, display: 'Án.' });
    for (const changes of [[removed], [renamed, again]]) {
      const trial = tablet.lasting.trial();
      for (const change of changes) expect(trial.take(change, tablet.circumstances)).toBeUndefined();
      tablet.lasting.expect(trial.judged);
    }
    tablet.outbox = [removed, renamed, again].map((change, at) => outboxRow(at, change));
    const { waiting } = tablet.seen();
    expect(waiting.map(({ refusal }) => refusal?.refused)).toEqual([
      undefined,
      'member-removed',
      'member-removed'
    ]);
  });

  test('[VI1] a thousand pupils, eight at a time, cost each of them once', () => {
    const tablet = new Tablet();
    const { spaces, directory, now } = tablet.world;
    const rows = Array.from({ length: 1_000 }, (_, at) => {
      const pupil = { ...giulia, id: uuid(`pupil ${at}`) as AccountId, username: `eva.puig.${at + 1}` };
      const args = { account: newAccount(pupil), role: 'pupil' } as const;
      return outboxRow(at, tablet.world.change(marta, 'pupil.add', args, { devices: [marta.device] }));
    });
    const lasting = new LastingView();
    const firstPupil = uuid('pupil 0');
    let first: unknown;
    let view: View | undefined;
    for (let count = 8; count <= rows.length; count += 8) {
      const parts = { confirmed: spaces, directory, outbox: rows.slice(0, count), device: marta.device, now };
      view = lasting.of(0, { ...parts, contained: () => false });
      first ??= view.spaces.get(rios)?.members.members.get(firstPupil);
    }
    // The very record that was written when the first eight came: nothing was judged again.
    expect(first).toBeDefined();
    expect(view?.spaces.get(rios)?.members.members.get(firstPupil)).toBe(first);
    expect(view?.waiting.filter(({ refusal }) => refusal)).toEqual([]);
    expect(view?.spaces.get(rios)?.members.members.size).toBe(
      1_000 + (spaces.get(rios)?.members.members.size ?? 0)
    );
  });
});
