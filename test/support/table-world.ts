import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { sha256 } from '#lib/crypto/encoding.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type {
  AccountId,
  CommentId,
  DeviceId,
  FileHash,
  GroupId,
  InvitationId,
  KeyId,
  MediaId,
  PageId,
  SecretHash,
  SpaceId,
  VisitId
} from '#lib/domain/ids.ts';
import { startRelay, type Relay } from '#relay/relay.ts';
import {
  addPupil,
  found,
  freshId,
  freshKeyFor,
  invite,
  newcomer,
  Tablet,
  type Newcomer
} from './relay-tablet.ts';
import { newVisit } from './visits.ts';
import { classroomTablet, giveClassroomKey, waitingTablet } from './relay-classroom.ts';
import { TestClock, TestLog } from './relay.ts';

/** Who acts: somebody of each role, on a device of their own. */
export type Acting = 'teacher-admin' | 'teacher' | 'pupil-admin' | 'pupil';

/** Of whom somebody acts: a pupil of their own, of a colleague's, or one whose home is another TwinSpace. */
export type Whom = 'own' | 'other' | 'away';

/** A pupil, and who of the staff has the custody. */
interface Pupils {
  readonly active: AccountId;
  readonly removed: AccountId;
  /** The account will be erased. */
  readonly leaving: AccountId;
  readonly group: GroupId;
  /** A page of theirs; the administrator's is given to all pupils. And one in the trash. */
  readonly page: PageId;
  readonly trashed: PageId;
  /** One in which nobody writes, with its title; and a link for visitors. */
  readonly empty: PageId;
  readonly title: string;
  readonly visit: VisitId;
  /** A page that is handed in; and what was said of the one in which nobody writes: what is there, waits, was taken away. */
  readonly handedIn: PageId;
  readonly said: { readonly there: CommentId; readonly waits: CommentId; readonly gone: CommentId };
  /** A picture of theirs: one that is there, one for their page, and one in the trash; and one that waits. */
  readonly media: {
    readonly there: MediaId;
    readonly onPage: MediaId;
    readonly gone: MediaId;
    readonly waits: MediaId;
  };
  /** A classroom tablet that they let in, one that waits for their yes, and a personal device. */
  readonly tablet: DeviceId;
  readonly asking: DeviceId;
  readonly device: DeviceId;
  /** The key that the pupil's pictures open. */
  readonly pictures: KeyId;
}

/** A TwinSpace in which every command has something to be done to. */
export interface TableWorld {
  readonly space: SpaceId;
  readonly mares: SpaceId;
  readonly who: Readonly<Record<Acting, { readonly person: Newcomer; readonly tablet: Tablet }>>;
  readonly of: Readonly<Record<'teacher-admin' | 'teacher', Pupils>>;
  /** A pupil whose home is "Mares", and a member of both. */
  readonly away: AccountId;
  /** A pupil of "Mares" and not of this TwinSpace. */
  readonly stranger: AccountId;
  readonly colleague: AccountId;
  readonly invitation: InvitationId;
  /**
   * Asks a relay on a copy of all of it, to which nothing has been done: a fresh one after each wish that was accepted. Of a
   * refused one nothing is left (DE4), so the next is asked on the same.
   */
  readonly run: <Answer extends string>(work: (relay: Relay) => Promise<Answer>) => Promise<Answer>;
}

/** What is announced of a small picture. */
export function newPicture(media: MediaId = freshId()): CommandArgs['media.add'] {
  return { media, kind: 'jpeg', hash: 'a'.repeat(43) as FileHash, bytes: 500, width: 16, height: 8 };
}

const expires = plusDays('2026-11-24' as CalendarDate, 7);

/** Builds it once, in a `beforeAll`. */
export async function tableWorld(): Promise<TableWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'twinspace-table-'));
  const copy = `${folder}-copy`;
  let untouched: Relay | undefined;
  const stop = async (): Promise<void> => {
    await untouched?.stop();
    untouched = undefined;
    rmSync(copy, { recursive: true, force: true });
  };
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const relay = await startRelay(optionsFor(folder));
  const setUp = relay.setUpLink?.path.split('#')[1] ?? '';
  const founded = await found(relay.address, setUp);
  const { space, admin, tablet } = founded;
  const must = mustIn(space);
  const { person: luca, tablet: lucas } = await invite(founded, 'teacher');
  const second = await invite(founded, 'teacher-admin', { given: 'Nuria', family: 'Ebre' });

  const mediaOf = async (pupil: Newcomer, page: PageId): Promise<Pupils['media']> => {
    const theirs = new Tablet(relay.address);
    await theirs.signIn(pupil);
    const media = {
      there: freshId(),
      onPage: freshId(),
      gone: freshId(),
      waits: freshId()
    } as Pupils['media'];
    const { there, onPage, gone, waits } = media;
    await must(theirs, pupil, 'media.add', newPicture(there));
    await must(theirs, pupil, 'media.add', { ...newPicture(onPage), page });
    await must(theirs, pupil, 'media.add', newPicture(gone));
    await must(theirs, pupil, 'media.remove', { media: gone });
    await must(tablet, admin, 'settings.set', { settings: { mediaApproval: true } });
    await must(theirs, pupil, 'media.add', newPicture(waits));
    await must(tablet, admin, 'settings.set', { settings: { mediaApproval: false } });
    return media;
  };

  const saidOf = async (pupil: Newcomer, page: PageId, handedIn: PageId): Promise<Pupils['said']> => {
    const theirs = new Tablet(relay.address);
    await theirs.signIn(pupil);
    const said = { there: freshId(), waits: freshId(), gone: freshId() } as Pupils['said'];
    const says = (comment: CommentId): Promise<unknown> =>
      must(theirs, pupil, 'comment.add', { page, comment, text: 'Me gusta el río' });
    await says(said.there);
    await says(said.gone);
    await must(tablet, admin, 'comment.remove', { page, comment: said.gone });
    await must(tablet, admin, 'settings.set', { settings: { commentApproval: true } });
    await says(said.waits);
    await must(tablet, admin, 'settings.set', { settings: { commentApproval: false } });
    await must(theirs, pupil, 'page.hand-in', { page: handedIn, handed: true });
    return said;
  };

  const pupilsOf = async (staff: Newcomer, on: Tablet, names: readonly [string, string, string]) => {
    const group = freshId<GroupId>();
    await must(on, staff, 'group.make', { group, name: names[0], kind: 'class' });
    const [page, trashed, empty] = [freshId<PageId>(), freshId<PageId>(), freshId<PageId>()];
    const handedIn = freshId<PageId>();
    for (const one of [page, trashed, empty, handedIn])
      await must(on, staff, 'page.create', { page: one, title: names[0], order: 'a0', draft: false });
    if (staff === admin) await must(on, staff, 'page.permit', { page, to: { is: 'pupils' } });
    await must(on, staff, 'page.permit', { page: handedIn, to: { is: 'pupils' } });
    await must(on, staff, 'page.trash', { page: trashed });
    const visit = freshId<VisitId>();
    await must(tablet, admin, 'visit.create', await newVisit(visit));
    const made = [];
    for (const name of names)
      made.push((await addPupil({ tablet: on, admin: staff, space }, name, 'Rio')).pupil);
    const [active, removed, leaving] = made as [Newcomer, Newcomer, Newcomer];
    const media = await mediaOf(active, page);
    const said = await saidOf(active, empty, handedIn);
    await must(tablet, admin, 'member.remove', { member: removed.account });
    await must(tablet, admin, 'account.erase', { account: leaving.account, typed: leaving.username });
    const own = { tablet: on, admin: staff, space };
    const asked = await waitingTablet(own, [group]);
    const admitted = await classroomTablet(own, { groups: [group], teachers: [] });
    const { opened } = await giveClassroomKey(own, active);
    // After the pictures, with which a hand goes down.
    await on.ask('POST', '/api/hands', { who: active.account });
    return {
      pupil: active,
      is: {
        active: active.account,
        removed: removed.account,
        leaving: leaving.account,
        group,
        page,
        trashed,
        empty,
        title: names[0],
        visit,
        handedIn,
        said,
        media,
        tablet: admitted.device,
        asking: asked.device,
        device: on.device,
        pictures: opened.fresh.id
      }
    };
  };
  const [martas, lucasOwn] = [
    await pupilsOf(admin, tablet, ['Angel', 'Teo', 'Eva']),
    await pupilsOf(luca, lucas, ['Nora', 'Lia', 'Ivo'])
  ];
  const { pupil: zoe } = await addPupil({ tablet: lucas, admin: luca, space }, 'Zoe', 'Lago');
  await must(tablet, admin, 'member.role', { member: zoe.account, role: 'pupil-admin' });
  const [zoes, angels] = [new Tablet(relay.address), new Tablet(relay.address)];
  await zoes.signIn(zoe);
  await angels.signIn(martas.pupil);
  const invitation = freshId<InvitationId>();
  const secretHash = (await sha256(invitation)) as SecretHash;
  const link = { invitation, role: 'teacher', label: '', secretHash, expires } as const;
  await must(tablet, admin, 'invitation.create', link);

  // "Mares": the home of two pupils; it asks for one of each teacher's, and one of its own is here too.
  const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
  const other = await found(relay.address, secret, {
    name: 'Mares',
    admin: await newcomer('Oksana', 'More')
  });
  const mustThere = mustIn(other.space);
  const [away, stranger] = [
    (await addPupil(other, 'Iker', 'Mar')).pupil,
    (await addPupil(other, 'Una', 'Mar')).pupil
  ];
  for (const { is } of [martas, lucasOwn]) {
    const asks = { account: is.active, role: 'pupil', display: 'X' } as const;
    await mustThere(other.tablet, other.admin, 'pupil.add-existing', asks);
  }
  await must(tablet, admin, 'pupil.add-existing', { account: away.account, role: 'pupil', display: 'Iker' });
  const yes = { account: away.account, space, allow: true };
  await mustThere(other.tablet, other.admin, 'joining.answer', yes);
  await relay.stop();

  return {
    space,
    mares: other.space,
    invitation,
    who: {
      'teacher-admin': { person: admin, tablet },
      teacher: { person: luca, tablet: lucas },
      'pupil-admin': { person: zoe, tablet: zoes },
      pupil: { person: martas.pupil, tablet: angels }
    },
    of: { 'teacher-admin': martas.is, teacher: lucasOwn.is },
    away: away.account,
    stranger: stranger.account,
    colleague: second.person.account,
    run: async (work) => {
      if (!untouched) {
        cpSync(folder, copy, { recursive: true });
        untouched = await startRelay(optionsFor(copy));
      }
      let left = true;
      try {
        const answer = await work(untouched);
        left = answer === 'accepted';
        return answer;
      } finally {
        if (left) await stop();
      }
    }
  };
}

/** A key for somebody, as a command brings it. */
export async function keyFor(account: AccountId) {
  const { key, credential } = await freshKeyFor(account, 'nube4barco');
  return { key, credential };
}

function optionsFor(dataDir: string) {
  return { host: '127.0.0.1', port: 0, dataDir, log: new TestLog(), clock: new TestClock() };
}

function mustIn(space: SpaceId) {
  return async <Name extends CommandName>(
    on: Tablet,
    who: Newcomer,
    name: Name,
    args: CommandArgs[Name]
  ): Promise<void> => {
    const verdict = await on.do(who, name, args, { space });
    if (verdict.is !== 'accepted') throw new Error(`${name}: ${JSON.stringify(verdict)}`);
  };
}
