import { beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '#lib/crypto/encoding.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type {
  AccountId,
  CommentId,
  DeviceId,
  GroupId,
  InvitationId,
  OfferId,
  PageId,
  SecretHash
} from '#lib/domain/ids.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import { commands } from '#lib/domain/commands/table.ts';
import { isGuestCommand } from '#relay/gate/guest.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { bodyOf, newBlock, updateOf } from '../support/page-edits.ts';
import { freshId, freshKeyFor, newcomer } from '../support/relay-tablet.ts';
import {
  keyFor,
  newPicture,
  tableWorld,
  type Acting,
  type TableWorld,
  type Whom
} from '../support/table-world.ts';
import { digestOfEmpty } from '../support/cast.ts';
import { newVisit } from '../support/visits.ts';

type Answer = 'accepted' | RefusalCode;

/** A wish of somebody about somebody, as it is sent. */
interface Sent<Name extends CommandName = CommandName> {
  readonly name: Name;
  readonly args: CommandArgs[Name];
  readonly credential?: string;
}

/** What a role may: one answer for all, or one for each of `own`, `other`, `away`. */
type Cell = Answer | readonly [own: Answer, other: Answer, away?: Answer];

interface Row {
  readonly what: string;
  /** Rules and rows of the guide. */
  readonly cites: string;
  readonly make: (world: TableWorld, whom: Target) => Promise<Sent> | Sent;
  readonly cells: readonly [admin: Cell, teacher: Cell, pupilAdmin: Cell, pupil: Cell];
}

/** To whom it is done. */
interface Target {
  readonly whom: Whom;
  readonly actor: AccountId;
  /** Whose pupils they are. */
  readonly pupils: TableWorld['of']['teacher'];
  readonly member: AccountId;
}

const on = '2026-11-24' as CalendarDate;
const no = 'not-permitted';
const admins = ['accepted', 'only-administrators', no, no] as const;
const ownOnly = [['accepted', 'accepted'], ['accepted', 'only-own-pupils'], no, no] as const;
const homeOnly = [
  ['accepted', 'accepted', 'only-home-administrators'],
  ['only-home-administrators', 'only-home-administrators', 'only-home-administrators'],
  no,
  no
] as const;
const custody = [
  ['accepted', 'accepted', 'only-custodian-or-home'],
  ['accepted', 'only-custodian-or-home', 'only-custodian-or-home'],
  no,
  no
] as const;

const theirTablets = [['accepted', 'accepted'], ['accepted', 'only-own-things'], no, no] as const;

const theirPages = [['accepted', 'accepted'], ['accepted', 'only-own-things'], no, no] as const;

/** The first one of a pupil is this pupil’s. */
const theirMedia = [
  ['accepted', 'accepted'],
  ['accepted', 'only-own-things'],
  'only-own-things',
  ['accepted', 'only-own-things']
] as const;

const notTheirs = ['comment-not-yours', 'comment-not-yours'] as const;

function newPage(parent?: PageId): Sent {
  const args = { page: freshId<PageId>(), title: 'El Ebro', order: 'a1', draft: false };
  return { name: 'page.create', args: parent === undefined ? args : { ...args, parent } };
}

async function newOffer(groups: readonly GroupId[] | 'all'): Promise<Sent> {
  const [secretHash, codeHash] = [(await newLink()).secretHash, (await newLink()).secretHash];
  const args = { offer: freshId<OfferId>(), secretHash, codeHash, count: 30, groups, teachers: [] };
  return { name: 'tablet.offer', args };
}

async function classroomKey(account: AccountId, by: 'password' | 'pictures'): Promise<Sent> {
  const { key, credential } = await freshKeyFor(account, 'pizarra', undefined, { scope: 'classroom', by });
  return { name: 'key.set', args: { account, key, reason: 'own' }, credential };
}

function deviceOf(who: TableWorld['who'], actor: AccountId): DeviceId {
  const own = Object.values(who).find(({ person }) => person.account === actor);
  if (!own) throw new Error('nobody of the table');
  return own.tablet.device;
}

async function newPupil(role: 'pupil' | 'pupil-admin'): Promise<Sent> {
  const { newAccount: account, credential } = await newcomer('Ada', 'Nueva');
  return { name: 'pupil.add', args: { account, role }, credential };
}

async function newLink(): Promise<{ secretHash: SecretHash; expires: CalendarDate }> {
  return { secretHash: (await sha256(freshId())) as SecretHash, expires: plusDays(on, 7) };
}

async function password(account: AccountId, reason: 'forgotten' | 'own'): Promise<Sent> {
  const { key, credential } = await keyFor(account);
  return { name: 'key.set', args: { account, key, reason }, credential };
}

/** The table of the mission at the gate, row by row: every command, every role, own and not own, at home and away. */
const rows: readonly Row[] = [
  {
    what: 'add a new pupil',
    cites: 'PE3, G1, G6',
    make: () => newPupil('pupil'),
    cells: ['accepted', 'accepted', no, no]
  },
  {
    what: 'add a pupil administrator',
    cites: 'PE3, G6',
    make: () => newPupil('pupil-admin'),
    cells: ['accepted', 'only-pupil-role', no, no]
  },
  {
    what: 'add an existing pupil',
    cites: 'PE4, G11',
    make: ({ stranger: account }) => ({
      name: 'pupil.add-existing',
      args: { account, role: 'pupil', display: 'U. M.' }
    }),
    cells: ['accepted', 'accepted', no, no]
  },
  {
    what: 'add an existing pupil as pupil administrator',
    cites: 'PE4, G11',
    make: ({ stranger: account }) => ({
      name: 'pupil.add-existing',
      args: { account, role: 'pupil-admin', display: 'U. M.' }
    }),
    cells: ['accepted', 'only-pupil-role', no, no]
  },
  {
    what: 'say yes to a membership elsewhere',
    cites: 'PE33, G11',
    make: ({ mares: space }, { member: account }) => ({
      name: 'joining.answer',
      args: { account, space, allow: true }
    }),
    cells: [
      ['accepted', 'accepted', 'only-home-administrators'],
      ['accepted', 'only-own-pupils', 'only-own-pupils'],
      no,
      no
    ]
  },
  {
    what: 'invite a teacher',
    cites: 'PE5',
    make: async () => ({
      name: 'invitation.create',
      args: { invitation: freshId<InvitationId>(), role: 'teacher', label: '', ...(await newLink()) }
    }),
    cells: admins
  },
  {
    what: 'take an invitation back',
    cites: 'PE5',
    make: ({ invitation }) => ({ name: 'invitation.revoke', args: { invitation } }),
    cells: admins
  },
  {
    what: 'give a founding link',
    cites: 'PE5',
    make: async () => ({ name: 'founding.offer', args: await newLink() }),
    cells: admins
  },
  {
    what: 'edit access',
    cites: 'PE10, G10, G12',
    make: (_, { member }) => ({ name: 'member.role', args: { member, role: 'pupil-admin' } }),
    cells: admins
  },
  {
    what: 'change a display name here',
    cites: 'PE11, G12, G13',
    make: (_, { member }) => ({ name: 'member.display', args: { member, display: 'X' } }),
    cells: ownOnly
  },
  {
    what: 'put into a group',
    cites: 'PE11, G12, G13',
    make: (_, { member, pupils }) => ({
      name: 'member.groups',
      args: { member, add: [pupils.group], remove: [] }
    }),
    cells: ownOnly
  },
  {
    what: 'remove',
    cites: 'PE11, G9, G12, G13',
    make: (_, { member }) => ({ name: 'member.remove', args: { member } }),
    cells: [['accepted', 'accepted', 'accepted'], ['accepted', 'only-own-pupils', 'only-own-pupils'], no, no]
  },
  {
    what: 'restore',
    cites: 'PE11, G12, G13',
    make: (_, { pupils }) => ({ name: 'member.restore', args: { member: pupils.removed } }),
    cells: ownOnly
  },
  {
    what: 'edit an account’s names',
    cites: 'PE12, G12, G13',
    make: (_, { member: account }) => ({ name: 'account.rename', args: { account, given: 'Otro' } }),
    cells: [
      ['accepted', 'accepted', 'only-home-administrators'],
      ['accepted', 'only-own-pupils', 'only-own-pupils'],
      no,
      no
    ]
  },
  {
    what: 'edit a username',
    cites: 'PE13, G12',
    make: (_, { member: account }) => ({ name: 'account.rename', args: { account, username: 'otro.rio.9' } }),
    cells: [
      ['accepted', 'accepted', 'only-home-administrators'],
      ['only-home-administrators', 'only-own-pupils', 'only-own-pupils'],
      no,
      no
    ]
  },
  {
    what: 'erase an account',
    cites: 'PE14, G12',
    make: ({ who, of, away }, { member: account }) => {
      const typed =
        account === away
          ? 'iker.mar.1'
          : account === of.teacher.active
            ? 'nora.rio.1'
            : who.pupil.person.username;
      return { name: 'account.erase', args: { account, typed } };
    },
    cells: homeOnly
  },
  {
    what: 'call an erasure off',
    cites: 'PE14, G12',
    make: (_, { pupils }) => ({ name: 'account.keep', args: { account: pupils.leaving } }),
    cells: [['accepted', 'accepted'], 'only-home-administrators', no, no]
  },
  {
    what: 'set a pupil’s new password',
    cites: 'PE15, G9, G18',
    make: (_, { member }) => password(member, 'forgotten'),
    // The pupil's own is their own password, which a setting allows (PE16).
    cells: [custody[0], custody[1], no, ['setting-off', no]]
  },
  {
    what: 'take a raised hand down',
    cites: 'PE15, HA3',
    make: (_, { member: account }) => ({ name: 'hand.lower', args: { account } }),
    cells: custody
  },
  {
    what: 'set an adult’s password',
    cites: 'PE15, AC1',
    make: ({ colleague }) => password(colleague, 'forgotten'),
    cells: ['account-adult', 'account-adult', 'account-adult', 'account-adult']
  },
  {
    what: 'change the own password',
    cites: 'PE16',
    make: (_, { actor }) => password(actor, 'own'),
    cells: ['accepted', 'accepted', 'setting-off', 'setting-off']
  },
  {
    what: 'hand a pupil over',
    cites: 'PE17',
    make: ({ colleague: to }, { member: account }) => ({ name: 'account.hand-over', args: { account, to } }),
    cells: [
      ['accepted', 'accepted', 'only-custodian-or-home'],
      ['accepted', 'only-own-pupils', 'only-own-pupils'],
      no,
      no
    ]
  },
  {
    what: 'make a group',
    cites: 'PE19',
    make: () => ({ name: 'group.make', args: { group: freshId(), name: '6.º A', kind: 'class' } }),
    cells: ['accepted', 'accepted', no, no]
  },
  {
    what: 'rename a group',
    cites: 'PE19',
    make: (_, { pupils }) => ({ name: 'group.rename', args: { group: pupils.group, name: 'X' } }),
    cells: ownOnly
  },
  {
    what: 'dissolve a group',
    cites: 'PE19',
    make: (_, { pupils }) => ({ name: 'group.dissolve', args: { group: pupils.group } }),
    cells: ownOnly
  },
  {
    what: 'make a page',
    cites: 'PE22, PA1',
    make: () => newPage(),
    cells: ['accepted', 'accepted', 'only-permitted-pages', no]
  },
  {
    what: 'make a page as it was read in from an archive',
    cites: 'PE43, FA9',
    make: () => {
      const { name, args } = newPage();
      const from = { on: '2026-06-19', by: ['Ana Uno'] };
      return { name, args: { ...args, from } };
    },
    cells: ['accepted', 'only-administrators', 'only-permitted-pages', no]
  },
  {
    what: 'make a page under another',
    cites: 'PE22, PA3, G15',
    make: (_, { pupils }) => newPage(pupils.page),
    cells: [['accepted', 'accepted'], ['accepted', 'accepted'], ['accepted', 'only-permitted-pages'], no]
  },
  {
    what: 'rename a page',
    cites: 'PE23, PA6, G15, G16',
    make: (_, { pupils }) => ({ name: 'page.rename', args: { page: pupils.page, title: 'X' } }),
    cells: [
      ['accepted', 'accepted'],
      ['accepted', 'only-own-things'],
      ['accepted', 'only-permitted-pages'],
      ['accepted', 'only-permitted-pages']
    ]
  },
  {
    what: 'make a draft of a page',
    cites: 'PE24, PA4',
    make: (_, { pupils }) => ({ name: 'page.show', args: { page: pupils.page, shown: false } }),
    cells: theirPages
  },
  {
    what: 'give permission for a page',
    cites: 'PE24, PA5',
    make: (_, { pupils, member: account }) => ({
      name: 'page.permit',
      args: { page: pupils.page, to: { is: 'member', account } }
    }),
    cells: theirPages
  },
  {
    what: 'withdraw permission for a page',
    cites: 'PE24, PA5',
    make: (_, { pupils }) => ({ name: 'page.withdraw', args: { page: pupils.page, to: { is: 'pupils' } } }),
    cells: theirPages
  },
  {
    what: 'give permission for a page until a time',
    cites: 'PE24, PA11',
    make: (_, { pupils, member: account }) => ({
      name: 'page.permit',
      args: { page: pupils.page, to: { is: 'member', account }, until: Date.parse('2026-11-24T10:50Z') }
    }),
    cells: theirPages
  },
  {
    what: 'move a page under itself',
    cites: 'PE23, PA9, G15, G16',
    make: (_, { pupils: { page } }) => ({ name: 'page.move', args: { page, parent: page, order: 'a1' } }),
    cells: [
      ['page-inside-itself', 'page-inside-itself'],
      ['page-inside-itself', 'only-own-things'],
      // Where it stands, at the top, a pupil administrator makes no pages.
      ['only-permitted-pages', 'only-permitted-pages'],
      [no, 'only-permitted-pages']
    ]
  },
  {
    what: 'move a page beside others',
    cites: 'PE22, PE23, PA9, G15, G16',
    make: (_, { pupils: { page } }) => ({ name: 'page.move', args: { page, order: 'a1' } }),
    cells: [
      ['accepted', 'accepted'],
      ['accepted', 'only-own-things'],
      ['only-permitted-pages', 'only-permitted-pages'],
      [no, 'only-permitted-pages']
    ]
  },
  {
    what: 'thaw a page',
    cites: 'PE24, PA10',
    make: (_, { pupils: { page } }) => ({ name: 'page.freeze', args: { page, frozen: false } }),
    cells: theirPages
  },
  {
    what: 'thaw all pages',
    cites: 'PE29, PA10',
    make: () => ({ name: 'page.freeze-all', args: { frozen: false } }),
    cells: admins
  },
  {
    what: 'choose the home page',
    cites: 'PE29, PA12',
    make: (_, { pupils: { page } }) => ({ name: 'page.home', args: { page, home: true } }),
    cells: admins
  },
  {
    what: 'publish a page to visitors',
    cites: 'PE28, PU1, G14',
    make: (_, { pupils: { empty: page, title } }) => ({
      name: 'page.publish',
      args: { page, digest: digestOfEmpty(title) }
    }),
    cells: admins
  },
  {
    what: 'stop publishing a page',
    cites: 'PE28, PU4',
    make: (_, { pupils: { page } }) => ({ name: 'page.unpublish', args: { page } }),
    cells: admins
  },
  {
    what: 'give visitors a link',
    cites: 'PE6, PU5, G14',
    make: async () => ({ name: 'visit.create', args: await newVisit() }),
    cells: admins
  },
  {
    what: 'end a link for visitors',
    cites: 'PE6, PU5',
    make: (_, { pupils: { visit } }) => ({ name: 'visit.revoke', args: { visit } }),
    cells: admins
  },
  {
    what: 'hand a page in',
    cites: 'PE40, HI1',
    make: (_, { pupils: { page } }) => ({ name: 'page.hand-in', args: { page, handed: true } }),
    cells: [no, no, ['accepted', 'only-permitted-pages'], ['accepted', 'only-permitted-pages']]
  },
  {
    what: 'give a page back',
    cites: 'PE41, HI2',
    make: (_, { pupils: { handedIn: page } }) => ({ name: 'page.give-back', args: { page } }),
    cells: [['accepted', 'accepted'], ['accepted', 'accepted'], no, no]
  },
  {
    what: 'comment on a page',
    cites: 'PE36, CO1',
    make: (_, { pupils: { empty: page } }) => ({
      name: 'comment.add',
      args: { page, comment: freshId<CommentId>(), text: 'Muy bien' }
    }),
    cells: ['accepted', 'accepted', 'accepted', 'accepted']
  },
  {
    what: 'change a pupil’s comment',
    cites: 'PE36, CO4',
    make: (_, { pupils: { empty: page, said } }) => ({
      name: 'comment.edit',
      args: { page, comment: said.there, text: 'Muy bien' }
    }),
    // The first one of a pupil is this pupil’s.
    cells: [notTheirs, notTheirs, 'comment-not-yours', ['accepted', 'comment-not-yours']]
  },
  {
    what: 'take a pupil’s comment away',
    cites: 'PE38, CO4',
    make: (_, { pupils: { empty: page, said } }) => ({
      name: 'comment.remove',
      args: { page, comment: said.there }
    }),
    cells: [
      ['accepted', 'accepted'],
      ['accepted', 'accepted'],
      'only-own-things',
      ['accepted', 'only-own-things']
    ]
  },
  {
    what: 'bring a pupil’s comment back',
    cites: 'PE39, CO4',
    make: (_, { pupils: { empty: page, said } }) => ({
      name: 'comment.restore',
      args: { page, comment: said.gone }
    }),
    cells: [['accepted', 'accepted'], ['accepted', 'accepted'], no, no]
  },
  {
    what: 'approve a pupil’s comment',
    cites: 'PE39, CO5',
    make: (_, { pupils: { empty: page, said } }) => ({
      name: 'comment.approve',
      args: { page, comment: said.waits }
    }),
    cells: [['accepted', 'accepted'], ['accepted', 'accepted'], no, no]
  },
  {
    what: 'react to a page',
    cites: 'PE37, CO6',
    make: (_, { pupils: { empty: page } }) => ({ name: 'reaction.set', args: { page, reaction: 'bravo' } }),
    cells: ['accepted', 'accepted', 'accepted', 'accepted']
  },
  {
    what: 'move a page to the trash',
    cites: 'PE25, PA7',
    make: (_, { pupils }) => ({ name: 'page.trash', args: { page: pupils.page } }),
    cells: theirPages
  },
  {
    what: 'have a page’s history forgotten',
    cites: 'PE25, PA13',
    make: (_, { pupils: { page } }) => ({ name: 'page.forget-history', args: { page } }),
    cells: theirPages
  },
  {
    what: 'restore a page',
    cites: 'PE25, PA7',
    make: (_, { pupils }) => ({ name: 'page.restore', args: { page: pupils.trashed } }),
    cells: theirPages
  },
  {
    what: 'add a picture',
    cites: 'PE26, ML1, G16',
    make: () => ({ name: 'media.add', args: newPicture() }),
    cells: ['accepted', 'accepted', 'accepted', 'accepted']
  },
  {
    what: 'remove a pupil’s picture',
    cites: 'PE27, ML3, G13',
    make: (_, { pupils: { media } }) => ({ name: 'media.remove', args: { media: media.there } }),
    cells: theirMedia
  },
  {
    what: 'remove a picture from a page',
    cites: 'PE27, ML3, G15',
    make: (_, { pupils: { media } }) => ({ name: 'media.remove', args: { media: media.onPage } }),
    cells: [theirMedia[0], theirMedia[1], ['accepted', 'only-own-things'], theirMedia[3]]
  },
  {
    what: 'restore a pupil’s picture',
    cites: 'PE27, ML3',
    make: (_, { pupils: { media } }) => ({ name: 'media.restore', args: { media: media.gone } }),
    cells: theirMedia
  },
  {
    what: 'approve a pupil’s picture',
    cites: 'PE35, ML4',
    make: (_, { pupils: { media } }) => ({ name: 'media.approve', args: { media: media.waits } }),
    cells: [['accepted', 'accepted'], ['accepted', 'accepted'], no, no]
  },
  {
    what: 'say no to a pupil’s picture',
    cites: 'PE35, ML5',
    make: (_, { pupils: { media, active } }) => ({
      name: 'media.refuse',
      args: { media: media.waits, owner: active, why: 'Se ve una cara' }
    }),
    cells: [['accepted', 'accepted'], ['accepted', 'accepted'], no, no]
  },
  {
    what: 'change a setting',
    cites: 'PE29',
    make: () => ({ name: 'settings.set', args: { settings: { teachersExport: true } } }),
    cells: admins
  },
  {
    what: 'rename the TwinSpace',
    cites: 'PE29',
    make: () => ({ name: 'space.rename', args: { name: 'X' } }),
    cells: admins
  },
  { what: 'archive', cites: 'PE30', make: () => ({ name: 'space.archive', args: {} }), cells: admins },
  {
    what: 'open again what is not archived',
    cites: 'PE30',
    make: () => ({ name: 'space.unarchive', args: {} }),
    cells: ['not-archived', 'only-administrators', no, no]
  },
  {
    what: 'leave',
    cites: 'ME8',
    make: () => ({ name: 'member.leave', args: {} }),
    cells: ['accepted', 'accepted', no, no]
  },
  {
    what: 'say how one can be reached',
    cites: 'ME9',
    make: () => ({ name: 'member.contact', args: { contact: 'Sala 12' } }),
    cells: ['accepted', 'accepted', no, no]
  },
  {
    what: 'offer tablets for a group',
    cites: 'PE20, TB2',
    make: (_, { pupils }) => newOffer([pupils.group]),
    cells: ownOnly
  },
  {
    what: 'offer tablets for all pupils',
    cites: 'PE20, TB2',
    make: () => newOffer('all'),
    cells: admins
  },
  {
    what: 'say yes to a tablet',
    cites: 'PE20, TB4',
    make: (_, { pupils: { asking: tablet, group } }) => ({
      name: 'tablet.admit',
      args: { tablet, name: 'Carro 2', groups: [group], teachers: [] }
    }),
    cells: theirTablets
  },
  {
    what: 'say anew what a tablet holds',
    cites: 'PE21, TB6',
    make: (_, { pupils: { tablet } }) => ({ name: 'tablet.set', args: { tablet, groups: [] } }),
    cells: theirTablets
  },
  {
    what: 'revoke a tablet',
    cites: 'PE21, TB7',
    make: (_, { pupils }) => ({ name: 'device.revoke', args: { device: pupils.tablet } }),
    cells: theirTablets
  },
  {
    what: 'revoke a personal device',
    cites: 'TB8, TB16',
    make: (_, { pupils }) => ({ name: 'device.revoke', args: { device: pupils.device } }),
    cells: [['accepted', 'accepted'], ['accepted', 'only-own-things'], 'only-own-things', 'only-own-things']
  },
  {
    what: 'make the link for a password of one’s own',
    cites: 'AC10',
    make: async (_, { member }) => ({
      name: 'password.link',
      args: { account: member, secretHash: (await newLink()).secretHash, expires: plusDays(on, 7) }
    }),
    cells: [['not-raised', 'not-raised', 'only-home-administrators'], admins[1], no, no]
  },
  {
    what: 'sign out everywhere',
    cites: 'MY9',
    make: () => ({ name: 'account.sign-out', args: {} }),
    cells: ['accepted', 'accepted', 'accepted', 'accepted']
  },
  {
    what: 'name the own device',
    cites: 'TB8',
    make: ({ who }, { actor }) => ({
      name: 'device.set',
      args: { device: deviceOf(who, actor), name: 'Portátil' }
    }),
    cells: ['accepted', 'accepted', 'accepted', 'accepted']
  },
  {
    what: 'let own pupils in on the own device',
    cites: 'TB8',
    make: ({ who }, { actor }) => ({
      name: 'device.set',
      args: { device: deviceOf(who, actor), pupils: true }
    }),
    cells: ['accepted', 'accepted', no, no]
  },
  {
    what: 'choose a pupil’s pictures',
    cites: 'KE11',
    make: (_, { member }) => classroomKey(member, 'pictures'),
    cells: [custody[0], custody[1], no, no]
  },
  {
    what: 'take a pupil’s pictures away',
    cites: 'KE12',
    make: (_, { member: account, pupils }) => ({
      name: 'key.remove',
      args: { account, keyId: pupils.pictures }
    }),
    cells: [['accepted', 'accepted'], ['accepted', 'only-custodian-or-home'], no, no]
  },
  {
    what: 'choose a classroom password',
    cites: 'KE10',
    make: (_, { actor }) => classroomKey(actor, 'password'),
    cells: ['accepted', 'accepted', no, no]
  },
  {
    what: 'edit what a member tells of themselves',
    cites: 'PE34, ME10, G12, G13',
    make: (_, { member }) => ({ name: 'member.profile', args: { member, text: 'Hola' } }),
    cells: [
      ['accepted', 'accepted', 'accepted'],
      ['accepted', 'only-own-pupils', 'only-own-pupils'],
      'only-own-things',
      // The first one is this pupil.
      ['accepted', 'only-own-things', 'only-own-things']
    ]
  },
  {
    what: 'keep a draft',
    cites: 'DR1',
    make: () => ({ name: 'draft.keep', args: { place: 'profile', text: 'Me gusta' } }),
    cells: ['accepted', 'accepted', 'accepted', 'accepted']
  },
  {
    what: 'leave the day of a sign-in',
    cites: 'ME7, G8',
    make: () => ({ name: 'access.record', args: { on } }),
    cells: ['accepted', 'accepted', 'accepted', 'accepted']
  },
  {
    what: 'dismiss somebody else’s notice',
    cites: 'NO2',
    make: () => ({ name: 'notice.dismiss', args: { notice: freshId() } }),
    cells: ['notice-unknown', 'notice-unknown', 'notice-unknown', 'notice-unknown']
  }
];

const roles = ['teacher-admin', 'teacher', 'pupil-admin', 'pupil'] as const satisfies Acting[];

let world: TableWorld;
beforeAll(async () => {
  world = await tableWorld();
}, 60_000);

/** Own, other and away, as seen by this role; a pupil has nobody of their own. */
function targetOf(role: Acting, whom: Whom): Target {
  const staff = role === 'teacher' ? 'teacher' : 'teacher-admin';
  const colleague = staff === 'teacher' ? 'teacher-admin' : 'teacher';
  const pupils = world.of[whom === 'other' ? colleague : staff];
  const member = whom === 'away' ? world.away : pupils.active;
  return { whom, pupils, member, actor: world.who[role].person.account };
}

/** What the relay says to this role, of this target. */
async function said({ make }: Row, role: Acting, whom: Whom): Promise<Answer> {
  return world.run(async (relay) => {
    const { person, tablet } = world.who[role];
    const { name, args, credential } = await make(world, targetOf(role, whom));
    const verdict = await tablet.at(relay.address).do(person, name, args, { space: world.space }, credential);
    if (verdict.is === 'accepted') return 'accepted';
    if (verdict.is !== 'refused') throw new Error(JSON.stringify(verdict));
    return verdict.code;
  });
}

/** What the relay says when this role writes a line in the page on that device, and their own carries it. */
async function wrote(role: Acting, page: PageId, device: DeviceId): Promise<Answer> {
  return world.run(async (relay) => {
    const { person, tablet } = world.who[role];
    const there = tablet.at(relay.address);
    const doc = pageDocument();
    const update = updateOf(doc, () => bodyOf(doc).push([newBlock({}, 'El Ebro')]));
    if (!update) throw new Error('nothing was written');
    const wish = { space: world.space, device };
    const [verdict] = await there.send(await there.signEdit(person, page, doc.clientID, update, wish));
    if (verdict?.is === 'accepted') return 'accepted';
    if (verdict?.is !== 'refused') throw new Error(JSON.stringify(verdict));
    return verdict.code;
  });
}

describe('the permission table, at the gate', () => {
  describe.each(rows)('$what', (row) => {
    test.each(row.cells.map((cell, column) => [roles[column] as Acting, cell] as const))(
      `[${row.cites}] ${row.what}: %s`,
      async (role, cell) => {
        const answers = typeof cell === 'string' ? [cell, cell] : cell;
        const whoms = (['own', 'other', 'away'] as const).slice(0, answers.length);
        const got = [];
        for (const whom of whoms) got.push(await said(row, role, whom));
        expect(got).toEqual([...answers]);
      },
      30_000
    );
  });

  /** Where somebody writes: on their own device, on a pupil's, on a classroom tablet. */
  const devices = {
    'their own device': ({ who }: TableWorld, role: Acting) => who[role].tablet.device,
    'a child’s device': ({ who }: TableWorld, role: Acting) =>
      who[role === 'pupil' ? 'pupil-admin' : 'pupil'].tablet.device,
    'a classroom tablet': ({ of }: TableWorld) => of['teacher-admin'].tablet
  } as const;

  /** On a page that was given to all pupils, an administrator's, and on a teacher's that was given to nobody. */
  const edits: Readonly<Record<keyof typeof devices, readonly (readonly [given: Answer, other: Answer])[]>> =
    {
      'their own device': [
        ['accepted', 'accepted'],
        ['only-own-things', 'accepted'],
        ['accepted', 'only-permitted-pages'],
        ['accepted', 'only-permitted-pages']
      ],
      // There an adult is a pupil administrator, and no page was given to them.
      'a child’s device': [
        ['device-ceiling', 'device-ceiling'],
        ['only-permitted-pages', 'device-ceiling'],
        ['accepted', 'only-permitted-pages'],
        ['accepted', 'only-permitted-pages']
      ],
      // The same with their own password: there a teacher has a classroom key.
      'a classroom tablet': [
        ['device-ceiling', 'device-ceiling'],
        ['only-permitted-pages', 'device-ceiling'],
        ['accepted', 'only-permitted-pages'],
        ['accepted', 'only-permitted-pages']
      ]
    };

  describe.each(Object.entries(edits))('write in a page on %s', (name, cells) => {
    const on = devices[name as keyof typeof devices];
    test.each(cells.map((cell, column) => [roles[column] as Acting, cell] as const))(
      `[PE23, PA8, RO3, G15, G16] write in a page on ${name}: %s`,
      async (role, cell) => {
        const got = [];
        for (const whose of ['teacher-admin', 'teacher'] as const)
          got.push(await wrote(role, world.of[whose].page, on(world, role)));
        expect(got).toEqual([...cell]);
      },
      30_000
    );
  });

  test('[PE1] no command is left out', async () => {
    const asked = new Set<CommandName>();
    for (const row of rows) asked.add((await row.make(world, targetOf('teacher-admin', 'own'))).name);
    const all = (Object.keys(commands) as CommandName[]).filter((name) => !isGuestCommand(name));
    expect(all.filter((name) => !asked.has(name))).toEqual([]);
  });
});
