import { hash as bcryptHash } from 'bcryptjs';
import { freshSalt } from '#lib/crypto/bcrypt-salt.ts';
import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { makeTabletCode, readTabletCode } from '#lib/crypto/tablet-code.ts';
import { deriveSecrets, sealCost, sealKey } from '#lib/crypto/sealed-key.ts';
import { makeKey } from '#lib/crypto/signing.ts';
import type { NewKey } from '#lib/domain/account.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type {
  AccountId,
  DeviceId,
  FileHash,
  GroupId,
  MediaId,
  OfferId,
  PageId,
  SecretHash,
  SpaceId,
  VisitId
} from '#lib/domain/ids.ts';
import { pictureSecret, type PictureName } from '#lib/domain/pictures.ts';
import { contentOf, digestOf } from '#lib/published/content.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import type { DemoTablet } from '#relay/ops/demo/demo-tablet.ts';
import { makePages as makePagesByGate, type DemoPage } from '#relay/ops/demo/pages.ts';
import { makePerson, type DemoPerson } from '#relay/ops/demo/person.ts';
import { machineClock } from '#relay/clock.ts';
import { foundByGate } from './begin.ts';
import { lookAt } from './media/cleaned.ts';
import { bodyOf, newElement, updateOf } from './page-edits.ts';

/** Somebody who can sign in. */
export interface Known {
  readonly account: AccountId;
  /** As it stands in lists. */
  readonly display: string;
  readonly username: string;
  readonly password: string;
}

/** A TwinSpace with a class, as it was on the day before the lesson. */
export interface School {
  readonly space: SpaceId;
  readonly name: string;
  readonly group: GroupId;
  readonly className: string;
  readonly teacher: Known & { readonly classroomPassword: string };
  readonly pupils: readonly Known[];
  /** The pictures of the first pupil, who is too small for a password. */
  readonly pictures: readonly PictureName[];
  /** TB1: the teacher offers the class so many tablets; resolves with the short code. */
  readonly offersTablets: (count: number) => Promise<string>;
  /** TB4: the teacher's yes to a tablet that has asked. */
  readonly admits: (tablet: DeviceId, name: string) => Promise<void>;
  /** The teacher makes these pages and gives them to all pupils, or to these. */
  readonly makePages: (titles: readonly string[], given?: DemoPage['given']) => Promise<void>;
  /** PU1, PU5: publishes new pages in which nothing is written, or this film stands, and gives visitors a link to them. */
  readonly invitesVisitors: (
    titles: readonly string[],
    film?: Uint8Array<ArrayBuffer>
  ) => Promise<{
    /** The path of the link, with its secret. */
    readonly path: string;
    readonly ends: () => Promise<void>;
  }>;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Fills a relay through its own gate, each change signed, as in weeks before: a TwinSpace, its teacher with a classroom
 * password, and a class. Journeys that begin with a lesson begin here; how all of it is made stands in others.
 */
export async function school(
  address: string,
  setUpPath: string,
  count = 25,
  name = 'Ríos de Europa',
  who: { readonly given: string; readonly family: string } = { given: 'Marta', family: 'Ruiz' }
): Promise<School> {
  const group = crypto.randomUUID() as string as GroupId;
  const password = 'río-montaña-nube-7';
  const classroomPassword = 'pizarra verde 6';
  const className = '6.º A';
  const person = { ...who, school: 'CEIP Duero', password };
  const { space, founder, gate: tablet } = await foundByGate(address, setUpPath, person, name);
  await tablet.do(founder, 'group.make', { group, name: className, kind: 'class' });
  await giveClassroomKey(tablet, founder, founder.account.id, 'password', classroomPassword);
  const pupils: Known[] = [];
  for (let at = 0; at < count; at++) {
    const [given, family] = [
      `Ana${letters[at % 26]?.toUpperCase()}${letters[Math.floor(at / 26)] ?? ''}`,
      'Río'
    ];
    const own = `trucha${2 + (at % 8)}rana${2 + Math.floor(at / 8)}`;
    const pupil = await makePerson({ given, family, role: 'pupil', password: own }, '');
    const args = { account: pupil.account, role: 'pupil', groups: [group] } as const;
    const { notes } = await tablet.do(founder, 'pupil.add', args, pupil.credential);
    // UN5: where two schools have a child of one name, the second one's username is another.
    pupils.push({ ...known(pupil, own), username: notes[0]?.to ?? pupil.account.username });
  }
  const pictures = ['sun', 'boat', 'boat', 'key'] as const;
  const [first] = pupils;
  if (first)
    await giveClassroomKey(tablet, founder, first.account, 'pictures', pictureSecret(pictures) ?? '');
  const teacher = { ...known(founder, password), classroomPassword };
  const scope = { groups: [group], teachers: [teacher.account] };
  const offersTablets = async (most: number): Promise<string> => {
    const code = makeTabletCode();
    const [secretHash, codeHash] = (await Promise.all(
      [randomText(32), readTabletCode(code) ?? code].map(sha256)
    )) as [SecretHash, SecretHash];
    const offer = crypto.randomUUID() as string as OfferId;
    await tablet.do(founder, 'tablet.offer', { offer, secretHash, codeHash, count: most, ...scope });
    return code;
  };
  const admits = async (asking: DeviceId, called: string): Promise<void> => {
    await tablet.do(founder, 'tablet.admit', { tablet: asking, name: called, ...scope });
  };
  const makePages: School['makePages'] = async (titles, given = 'pupils') => {
    await makePagesByGate(
      tablet,
      founder,
      titles.map((title) => ({ title, given }))
    );
  };
  const invitesVisitors: School['invitesVisitors'] = async (titles, film) => {
    for (const [at, title] of titles.entries()) {
      const page = crypto.randomUUID() as string as PageId;
      await tablet.do(founder, 'page.create', { page, title, order: `v${at}`, draft: false });
      const doc = pageDocument({ keepDeleted: true });
      if (film) {
        const args = await announcingFilm(film);
        await tablet.do(founder, 'media.add', args);
        await tablet.sendMedia(args.media, film);
        const node = { media: args.media, size: 'wide', alt: filmAlt, caption: '' };
        const update = updateOf(doc, () => bodyOf(doc).push([newElement('media', node)]));
        if (update) await tablet.write(founder, page, doc.clientID, update);
      }
      const digest = await digestOf(contentOf(title, pageTree(doc), () => true));
      await tablet.do(founder, 'page.publish', { page, digest });
    }
    const visit = crypto.randomUUID() as string as VisitId;
    const secret = randomText(32);
    const secretHash = (await sha256(secret)) as SecretHash;
    const expires = plusDays(machineClock.today(), 7);
    const args = { visit, label: 'Familias', secretHash, expires, pages: 'all' } as const;
    await tablet.do(founder, 'visit.create', args);
    return {
      path: `/v/${visit}/#${secret}`,
      ends: async () => {
        await tablet.do(founder, 'visit.revoke', { visit });
      }
    };
  };
  return {
    space,
    name,
    group,
    className,
    teacher,
    pupils,
    pictures,
    offersTablets,
    admits,
    makePages,
    invitesVisitors
  };
}

/** What can be seen in the film that stands in pages for visitors. */
export const filmAlt = 'El agua baja';

/** What `media.add` says of this WebM. */
async function announcingFilm(film: Uint8Array<ArrayBuffer>): Promise<CommandArgs['media.add']> {
  const looked = await lookAt(film);
  if ('unwalkable' in looked) throw new Error('no film');
  const { kind, width, height, seconds } = looked;
  const media = crypto.randomUUID() as string as MediaId;
  const length = seconds === undefined ? {} : { seconds: Math.ceil(seconds) };
  return {
    media,
    kind,
    hash: (await sha256(film)) as FileHash,
    bytes: film.length,
    width,
    height,
    ...length
  };
}

function known({ account }: DemoPerson, password: string): Known {
  return { account: account.id, display: account.display, username: account.username, password };
}

/** KE10, KE11: a second key of scope `classroom`, sealed as a tablet seals it. */
async function giveClassroomKey(
  tablet: DemoTablet,
  by: DemoPerson,
  account: AccountId,
  use: 'password' | 'pictures',
  secret: string
): Promise<void> {
  const fresh = await makeKey();
  const bound = { account, key: fresh.id, scope: 'classroom' } as const;
  const salt = freshSalt();
  const secrets = await deriveSecrets(secret, salt, sealCost, bcryptHash);
  const sealed = await sealKey(fresh.privateKey, secrets, bound);
  const seals = [{ for: use, salt, cost: sealCost, ...sealed, proveHash: await sha256(secrets.prove) }];
  const text = JSON.stringify({ v: 1, ...bound, seals });
  const credential = await sha256(text);
  const key: NewKey = { id: fresh.id, publicKey: fresh.publicKey, scope: 'classroom', credential };
  await tablet.do(by, 'key.set', { account, key, reason: 'own' }, text);
}
