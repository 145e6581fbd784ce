import fc from 'fast-check';
import { elsewhereKey } from '#lib/domain/elsewhere.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { BlockId, CommentId, MediaId, OfferId, SpaceId, VisitId } from '#lib/domain/ids.ts';
import { reactionKinds, type Grantee } from '#lib/domain/records.ts';
import { pageIn, pagesIn } from '#lib/domain/pages.ts';
import { isRaised } from '#lib/domain/raised.ts';
import { isRefusal } from '#lib/domain/refusals.ts';

import { roles } from '#lib/domain/roles.ts';
import * as cast from './cast.ts';
import { twoSpaces, type How, type World } from './world.ts';

/** Everybody of the cast, and two pupils who are in no TwinSpace yet. */
export const everybody = [
  cast.marta,
  cast.luca,
  cast.nuria,
  cast.oksana,
  cast.angel,
  cast.zoe,
  cast.angelC,
  cast.giulia
] as const;

/** Somebody wants something: any command by anybody about anybody, sensible or not. */
export interface Wish {
  /** Of everybody; beyond, an administrator of that TwinSpace. */
  readonly who: number;
  readonly whom: number;
  readonly name: CommandName;
  readonly role: number;
  /** Which TwinSpace: mostly "Ríos de Europa"; 0 is "Mares", 1 one that somebody may found. */
  readonly where: number;
  /** Which device, key, link, name: small numbers, so that they meet again. */
  readonly device: number;
  readonly key: number;
  readonly link: number;
  /** Days that go by before. */
  readonly wait: number;
}

const names = [
  'space.found',
  'founding.offer',
  'invitation.create',
  'invitation.revoke',
  'invitation.accept',
  'pupil.add',
  'member.role',
  'member.display',
  'member.remove',
  'member.restore',
  'access.record',
  'key.set',
  'key.recover',
  'account.rename',
  'notice.dismiss',
  'pupil.add-existing',
  'joining.answer',
  'member.groups',
  'member.contact',
  'member.leave',
  'account.hand-over',
  'account.erase',
  'account.keep',
  'hand.lower',
  'group.make',
  'group.rename',
  'group.dissolve',
  'settings.set',
  'space.rename',
  'space.archive',
  'space.unarchive',
  'tablet.offer',
  'tablet.admit',
  'tablet.set',
  'device.set',
  'device.revoke',
  'account.sign-out',
  'password.link',
  'key.remove',
  'member.profile',
  'draft.keep',
  'page.create',
  'page.rename',
  'page.show',
  'page.permit',
  'page.withdraw',
  'page.move',
  'page.freeze',
  'page.freeze-all',
  'page.home',
  'page.trash',
  'page.restore',
  'page.forget-history',
  'page.publish',
  'page.unpublish',
  'page.hand-in',
  'page.give-back',
  'comment.add',
  'comment.edit',
  'comment.remove',
  'comment.restore',
  'comment.approve',
  'reaction.set',
  'visit.create',
  'visit.revoke',
  'media.add',
  'media.remove',
  'media.restore',
  'media.approve',
  'media.refuse'
] as const satisfies CommandName[];

/** Roles, removals and keys come more often: there the harm would be. */
const weighted = [...names, ...Array<CommandName>(4).fill('member.role')].concat(
  Array<CommandName>(2).fill('member.remove'),
  Array<CommandName>(2).fill('key.set'),
  Array<CommandName>(2).fill('pupil.add'),
  Array<CommandName>(2).fill('pupil.add-existing'),
  Array<CommandName>(2).fill('joining.answer'),
  Array<CommandName>(4).fill('account.keep'),
  Array<CommandName>(3).fill('visit.create'),
  Array<CommandName>(3).fill('visit.revoke'),
  Array<CommandName>(2).fill('account.erase'),
  Array<CommandName>(4).fill('invitation.create'),
  Array<CommandName>(8).fill('invitation.accept'),
  Array<CommandName>(4).fill('space.unarchive'),
  Array<CommandName>(8).fill('member.restore'),
  Array<CommandName>(6).fill('space.found'),
  Array<CommandName>(4).fill('tablet.offer'),
  Array<CommandName>(4).fill('tablet.admit'),
  Array<CommandName>(6).fill('tablet.set'),
  Array<CommandName>(6).fill('key.remove'),
  Array<CommandName>(3).fill('group.rename'),
  Array<CommandName>(3).fill('group.make'),
  Array<CommandName>(3).fill('group.dissolve'),
  Array<CommandName>(6).fill('password.link'),
  Array<CommandName>(4).fill('notice.dismiss'),
  Array<CommandName>(8).fill('page.create'),
  Array<CommandName>(3).fill('page.rename'),
  Array<CommandName>(3).fill('page.permit'),
  Array<CommandName>(3).fill('page.publish'),
  Array<CommandName>(2).fill('page.home'),
  Array<CommandName>(2).fill('page.freeze'),
  Array<CommandName>(3).fill('page.withdraw'),
  Array<CommandName>(4).fill('page.move'),
  Array<CommandName>(4).fill('page.trash'),
  Array<CommandName>(8).fill('page.restore'),
  Array<CommandName>(3).fill('media.add'),
  Array<CommandName>(3).fill('media.restore'),
  Array<CommandName>(6).fill('media.approve'),
  Array<CommandName>(3).fill('media.refuse'),
  Array<CommandName>(3).fill('page.hand-in'),
  Array<CommandName>(3).fill('page.give-back'),
  Array<CommandName>(4).fill('comment.add'),
  Array<CommandName>(3).fill('comment.edit'),
  Array<CommandName>(2).fill('comment.remove'),
  Array<CommandName>(4).fill('comment.restore'),
  Array<CommandName>(6).fill('comment.approve'),
  Array<CommandName>(2).fill('reaction.set')
);

/** Any one wish. Half of them are an administrator's, so that much is accepted. */
const wish: fc.Arbitrary<Wish> = fc.record({
  who: fc.nat({ max: 2 * everybody.length - 1 }),
  whom: fc.nat({ max: everybody.length - 1 }),
  name: fc.constantFrom(...weighted),
  role: fc.nat({ max: 3 }),
  where: fc.nat({ max: 9 }),
  device: fc.nat({ max: 7 }),
  key: fc.nat({ max: 3 }),
  link: fc.nat({ max: 3 }),
  wait: fc.oneof(
    { arbitrary: fc.constant(0), weight: 12 },
    { arbitrary: fc.nat({ max: 3 }), weight: 3 },
    { arbitrary: fc.nat({ max: 40 }), weight: 1 }
  )
});

/** What a school year may bring. */
export const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(wish, { maxLength: 120, size: 'max' });

/** A TwinSpace that is not there yet. */
const third = cast.uuid('space Lagos') as SpaceId;

/** What was asked, and what the rules said. */
export interface Asked<Name extends CommandName = CommandName> {
  readonly name: Name;
  readonly args: CommandArgs[Name];
  readonly who: cast.Person;
  readonly how: How & { readonly space: NonNullable<How['space']>; readonly devices: readonly Device[] };
}

/** The command that a wish comes to in this world. */
export function asked(world: World, { who, whom, name, role, where, device, key, link }: Wish): Asked {
  // Existing pupils are mostly wanted elsewhere than where they are at home.
  const elsewhere = where === 0 || (name === 'pupil.add-existing' && where > 3);
  const space = elsewhere ? cast.mares : where === 1 ? third : cast.rios;
  const admins = everybody.filter((person) => world.role(person, space) === 'teacher-admin');
  const pupils = everybody.filter((person) =>
    ['pupil', 'pupil-admin'].includes(world.role(person, space) ?? '')
  );
  // What only pupils do is mostly a pupil's wish.
  const likely = name === 'page.hand-in' && pupils.length > 0 ? pupils : admins;
  const actor = pick(who < everybody.length || likely.length === 0 ? everybody : likely, who);
  // What can be done to few is mostly wanted of those few.
  const few = everybody.filter(({ id }) => {
    const keys = world.directory.public(id)?.keys ?? [];
    if (name === 'key.remove') return keys.some(({ scope }) => scope === 'classroom');
    return name === 'member.restore' && world.state(space).members.members.get(id)?.status.is === 'removed';
  });
  const member = pick(few.length > 0 && role > 0 ? few : everybody, whom);
  const devices = device < 5 ? [actor.device] : strangeDevices(actor, device);
  const current = world.directory.public(actor.id)?.keys;
  const used = current?.[key === 3 ? current.length - 1 : 0]?.id ?? cast.keyOf(actor);
  const secret = cast.secretHash(`link ${link}`);
  const invitation = cast.invitationId(`link ${link}`);
  const expires = plusDays(world.now, 7);
  const scope = name === 'key.set' && link > 1 ? 'classroom' : 'full';
  const held = world.directory.public(member.id)?.keys ?? [];
  const fresh = cast.newKey(member, 2 + held.length, scope);
  const keyToRemove = held.find((one) => one.scope === 'classroom')?.id ?? cast.keyOf(member);
  const cart = cast.classroomTablet(pick([cast.marta, cast.luca], link).id).id;
  const hashes = { secretHash: secret, codeHash: cast.secretHash(`code ${link}`) };
  const known = world.directory.private(member.id);
  const exists = world.directory.public(actor.id) !== undefined;
  const newcomer = exists ? { display: actor.given } : { account: cast.newAccount(actor) };
  const pupilRole = role % 2 === 0 ? 'pupil' : 'pupil-admin';
  const adultRole = role % 2 === 0 ? 'teacher' : 'teacher-admin';
  const reason = pick(['forgotten', 'someone-knows', 'own', 'recovery'] as const, role);
  const typed = known && key < 3 ? { typed: known.username } : {};
  const given = pick(['Ana', 'Angel', 'Ángel', 'No no'], role);
  const username = link === 0 ? { username: pick(everybody, who + 1).username } : {};
  const asks = everybody.find(({ id }) =>
    world.state(space).staff.elsewhere.has(elsewhereKey(id, cast.mares))
  );
  const raised =
    name === 'password.link'
      ? everybody.find(({ id }) => isRaised(world.state(space), world.directory, id))
      : undefined;
  const leaves = everybody.find(({ id }) => world.directory.erasure(id));
  const group = cast.groupId(`group ${link}`);
  const holds = { groups: role === 0 ? ('all' as const) : [group], teachers: role < 2 ? [] : [member.id] };
  const newPage = cast.pageId(`page ${link}`);
  const pages = [...pagesIn(world.state(space))].filter(
    ([, { trashed, handedIn, editors }]) =>
      (trashed !== undefined) === (name === 'page.restore') &&
      (name !== 'page.give-back' || handedIn !== undefined) &&
      (name !== 'page.hand-in' || editors.length > 0)
  );
  const page = pages[link % Math.max(pages.length, 1)]?.[0] ?? newPage;
  const shown = [...world.state(space).members.media];
  const fitting = shown.filter(([, { waiting, removed }]) => {
    if (name === 'media.approve' || name === 'media.refuse') return waiting && !removed;
    return (removed !== undefined) === (name === 'media.restore');
  });
  const media = (fitting[link % Math.max(fitting.length, 1)]?.[0] ?? cast.mediaId('none')) as MediaId;
  const { members, staff } = world.state(space);
  const said = [...new Map([...members.comments, ...staff.comments])].filter(
    ([, { waiting, removed, by }]) => {
      if (name === 'comment.approve') return waiting && !removed;
      if (name === 'comment.edit') return by === actor.id && !removed;
      return (removed !== undefined) === (name === 'comment.restore');
    }
  );
  const [aboutOne, one] = said[link % Math.max(said.length, 1)] ?? [cast.commentId(`none`), undefined];
  const comment = { page: one?.page ?? page, comment: aboutOne as CommentId };
  const files = {
    kind: pick(['jpeg', 'mp4', 'webm', 'gif'] as const, role),
    hash: cast.fileHash(given),
    bytes: 1000 + role,
    width: 64,
    height: 48,
    ...(key === 0 ? {} : { page })
  };
  const to = pick<Grantee>(
    [{ is: 'member', account: member.id }, { is: 'group', group }, { is: 'pupils' }, { is: 'pupil-admins' }],
    role
  );
  const visits = [...world.state(space).staff.visits.keys()] as VisitId[];
  const notices = [...world.state(space).staff.notices.keys()];
  const args: CommandArgs = {
    'space.found': { name: 'Otro', ...newcomer },
    'founding.offer': { secretHash: secret, expires },
    'invitation.create': { invitation, role: adultRole, label: '', secretHash: secret, expires },
    'invitation.revoke': { invitation },
    'invitation.accept': { invitation, ...newcomer },
    'pupil.add': { account: cast.newAccount(member), role: pupilRole },
    'member.role': { member: member.id, role: pick(roles, role), ...typed },
    'member.display': { member: member.id, display: given },
    'member.remove': { member: member.id },
    'member.restore': { member: member.id },
    'access.record': { on: plusDays(world.now, role - 2) },
    'key.set': { account: member.id, key: fresh, reason },
    'key.recover': { account: actor.id, key: fresh },
    'password.link': {
      account: (raised ?? member).id,
      secretHash: cast.secretHash(`link ${link + 2}`),
      expires
    },
    'account.rename': { account: member.id, given, family: 'Ríos', school: '', ...username },
    'pupil.add-existing': { account: member.id, role: pupilRole, display: member.given },
    'joining.answer': {
      account: (asks ?? member).id,
      space: link < 3 ? cast.mares : cast.rios,
      allow: role < 3
    },
    'member.groups': { member: member.id, add: role < 2 ? [group] : [], remove: role < 2 ? [] : [group] },
    'member.contact': { contact: given },
    'member.leave': {},
    'account.hand-over': { account: member.id, to: pick(everybody, who + role).id },
    'account.erase': { account: member.id, typed: typed.typed ?? '' },
    'account.keep': { account: (leaves ?? member).id },
    'hand.lower': { account: member.id },
    'group.make': { group, name: given, kind: 'class' },
    'group.rename': { group, name: given },
    'group.dissolve': { group },
    'settings.set': {
      settings: {
        teachersAddPupils: role < 3,
        pupilsChangePassword: role % 2 === 0,
        mediaApproval: role < 3,
        commentApproval: role < 2
      }
    },
    'space.rename': { name: given },
    'space.archive': {},
    'space.unarchive': {},
    'tablet.offer': { offer: cast.uuid(`offer ${link}`) as OfferId, ...hashes, count: role * 20, ...holds },
    'tablet.admit': { tablet: cart, name: given, ...holds },
    'tablet.set': { tablet: cart, name: given, ...holds },
    'device.set': { device: actor.device.id, name: given, pupils: role % 2 === 0 },
    'device.revoke': { device: role < 2 ? cart : actor.device.id },
    'account.sign-out': {},
    'key.remove': { account: member.id, keyId: keyToRemove },
    'member.profile': { member: member.id, text: role === 3 ? '' : given },
    'page.create': {
      page: newPage,
      title: given,
      order: 'a0',
      draft: role % 2 === 0,
      ...(role === 0 ? { from: { on: expires, by: [given], more: 2 } } : {}),
      ...(key === 0 ? {} : { parent: cast.pageId(`page ${key}`) })
    },
    'page.rename': { page, title: given },
    'page.show': { page, shown: role % 2 === 0 },
    'page.permit': { page, to },
    'page.withdraw': { page, to },
    'page.move': {
      page,
      order: pick(['a0', 'V', 'zz'], role),
      ...(key === 0 ? {} : { parent: cast.pageId(`page ${key}`) })
    },
    'page.freeze': { page, frozen: role % 2 === 0 },
    'page.freeze-all': { frozen: role === 0 },
    'page.home': { page, home: role < 3 },
    'page.trash': { page },
    'page.restore': { page },
    'page.forget-history': { page },
    'page.publish': { page, digest: cast.digestOfEmpty(pageIn(world.state(space), page)?.title ?? '') },
    'page.unpublish': { page },
    'page.hand-in': { page, handed: role < 3 },
    'page.give-back': { page },
    'comment.add': {
      page,
      comment: cast.commentId(`comment ${link} ${key}`),
      text: given,
      ...(role === 0 ? { about: { block: '12-3' as BlockId, quote: given } } : {})
    },
    'comment.edit': { ...comment, text: given },
    'comment.remove': comment,
    'comment.restore': comment,
    'comment.approve': {
      ...comment,
      ...(one && role < 2 ? { read: { by: one.by, text: role === 0 ? one.text : given } } : {})
    },
    'reaction.set': { page, ...(role === 0 ? {} : { reaction: pick(reactionKinds, key) }) },
    'visit.create': {
      visit: cast.visitId(`visit ${link}`),
      label: given,
      secretHash: cast.secretHash(`visit ${link}`),
      expires,
      pages: role < 3 ? 'all' : [page]
    },
    'visit.revoke': { visit: visits[link % Math.max(visits.length, 1)] ?? cast.visitId('none') },
    'media.add': { ...files, media: cast.mediaId(`media ${link}`) },
    'media.remove': { media },
    'media.restore': { media },
    'media.approve': { media },
    'media.refuse': {
      media,
      owner: world.state(space).members.media.get(media)?.owner ?? member.id,
      why: given
    },
    'draft.keep': { place: 'profile', text: role === 3 ? '' : given },
    'notice.dismiss': { notice: notices[link % Math.max(notices.length, 1)] ?? cast.changeId('none') }
  };
  const how = { space, devices, key: name === 'key.recover' ? fresh.id : used, secret };
  return { name, args: args[name], who: actor, how };
}

const waitingPicture: CommandArgs['media.add'] = {
  media: cast.mediaId('waits'),
  kind: 'jpeg',
  hash: cast.fileHash('waits'),
  bytes: 1000,
  width: 64,
  height: 48
};

/** A world on which these wishes were tried one after the other; each is watched as it is judged. */
export function tried(wishes: readonly Wish[], watch: (world: World, done: Tried) => void = () => {}): World {
  const world = twoSpaces();
  // What the technician gave: a founding link, and one to recover Marta's account.
  world.technicianLink(cast.secretHash('link 0'));
  world.recoveryLink(cast.marta, cast.secretHash('link 1'), 30);
  // What pupils add waits for an adult, and something waits.
  world.do(cast.marta, 'settings.set', { settings: { mediaApproval: true } });
  world.do(cast.angel, 'media.add', waitingPicture);
  // A page is handed in, and what was said of it waits as well.
  const page = cast.pageId('given');
  world.do(cast.marta, 'page.create', { page, title: 'El Ebro', order: 'a0', draft: false });
  world.do(cast.marta, 'page.permit', { page, to: { is: 'pupils' } });
  world.do(cast.angel, 'page.hand-in', { page, handed: true });
  world.do(cast.marta, 'settings.set', { settings: { commentApproval: true } });
  world.do(cast.angel, 'comment.add', { page, comment: cast.commentId('waits'), text: 'Me gusta' });
  for (const one of wishes) {
    world.now = plusDays(world.now, one.wait);
    const { name, args, who, how } = asked(world, one);
    const outcome = world.judge(who, name, args, how);
    const before = new Map(world.spaces);
    if (!isRefusal(outcome)) world.write(outcome.puts, how.space);
    watch(world, { name, args, who, how, before, accepted: !isRefusal(outcome) });
  }
  return world;
}

/** A wish that was judged, and the TwinSpaces as they were before. */
export interface Tried extends Asked {
  readonly before: World['spaces'];
  readonly accepted: boolean;
}

/** Somebody else's device, a classroom tablet, or both: signed here, carried there. */
function strangeDevices(actor: cast.Person, device: number): readonly Device[] {
  const held = everybody.map(({ id }) => id);
  const tablet = { ...cast.classroomTablet(cast.luca.id, held), space: cast.rios };
  return device === 5 ? [cast.marta.device] : device === 6 ? [tablet] : [actor.device, tablet];
}

function pick<T>(from: readonly T[], index: number): T {
  const one = from[index % from.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}
