import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { BlockId, CommentId, PageId, VisitId } from '#lib/domain/ids.ts';
import type { Comment } from '#lib/domain/records.ts';
import { contentOf, digestOf } from '#lib/published/content.ts';
import { must, withPage } from '../support/relay-pages.ts';
import { second } from '../support/relay-founded.ts';
import { freshId, type Tablet } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';
import { newVisit, opens, passIn, Visitor } from '../support/visits.ts';

type Wished = Partial<CommandArgs['comment.add']>;

/** A page that all see, with Ana's comment on it, and whoever follows the records. */
async function withComment(of: Wished = {}) {
  const world = await withPage();
  const { pupil, pupils, space, page, tablet } = world;
  const comment = freshId<CommentId>();
  const says = { page, comment, text: 'Qué bonito el río', ...of };
  await must(pupils.do(pupil, 'comment.add', says, { space }));
  const members = await pupils.follow(`members/${space}@1`).synced();
  const staff = await tablet.follow(`staff/${space}@1`).synced();
  return { ...world, comment, members, staff, one: { page, comment } };
}

test('[CO1, CO3] a comment comes to every follower of the records, and moves with its page', async () => {
  const { members, staff, comment, tablet, admin, space, page, pupil } = await withComment();
  await members.until(() => members.get('comments', comment) !== undefined);
  expect(members.get('comments', comment)).toMatchObject({
    page,
    by: pupil.account,
    text: 'Qué bonito el río'
  });
  await must(tablet.do(admin, 'page.trash', { page }, { space }));
  await members.until(() => members.get('comments', comment) === undefined);
  await staff.until(() => staff.get('comments', comment) !== undefined);
});

test('[CO5] words that wait come to no pupil’s device before the yes, to staff’s at once', async () => {
  const { members, staff, tablet, admin, pupils, pupil, space, page } = await withComment();
  await must(tablet.do(admin, 'settings.set', { settings: { commentApproval: true } }, { space }));
  const waits = freshId<CommentId>();
  const about = { block: '1-2' as BlockId, quote: 'Palabras citadas' };
  const args = { page, comment: waits, text: 'Palabras que esperan', about };
  await must(pupils.do(pupil, 'comment.add', args, { space }));
  await members.until(() => members.get('comments', waits) !== undefined);
  await staff.until(() => staff.get('comments', waits) !== undefined);
  expect(JSON.stringify(members.get('comments', waits))).not.toContain('Palabras');
  expect(staff.get('comments', waits)).toMatchObject({ text: args.text, about, waiting: true });
  await must(tablet.do(admin, 'comment.approve', { page, comment: waits }, { space }));
  await members.until(() => (members.get('comments', waits) as Comment).waiting === undefined);
  expect(members.get('comments', waits)).toMatchObject({ text: args.text, about });
});

test('[CO4] what staff took away is forgotten after thirty days', async () => {
  const world = await withComment();
  const { tablet, admin, space, one, comment, relay, folder, clock } = world;
  await must(tablet.do(admin, 'comment.remove', one, { space }));
  await relay.stop();
  clock.addDays(30);
  const later = await testRelay({ dataDir: folder, clock });
  const staff = await tablet.at(later.relay.address).follow(`staff/${space}@1`).synced();
  expect(staff.get('comments', comment)).toBeDefined();
  await later.relay.stop();
  clock.addDays(1);
  const last = await testRelay({ dataDir: folder, clock });
  const after = await tablet.at(last.relay.address).follow(`staff/${space}@1`).synced();
  await after.until(() => after.get('comments', comment) === undefined);
});

test('[CO9, ER5] of an erased account’s comments no word is left in the relay’s files', async () => {
  const world = await withComment({ text: 'Palabras de Ana sobre el río' });
  const { tablet, admin, space, pupil, pupils, page, relay, folder, clock } = world;
  await must(pupils.do(pupil, 'reaction.set', { page, reaction: 'love' }, { space }));
  const typed = { account: pupil.account, typed: pupil.username };
  await must(tablet.do(admin, 'account.erase', typed, { space }));
  await relay.stop();
  clock.addDays(7);
  const later = await testRelay({ dataDir: folder, clock });
  const [there, room] = [tablet.at(later.relay.address), `members/${space}@2`];
  const members = await there.follow(room).synced();
  expect(members.doc.getMap('comments').size + members.doc.getMap('reactions').size).toBe(0);
  await later.relay.stop();
  const stored = readdirSync(folder).filter((name) => name.includes('sqlite') || name.includes('.db'));
  expect(stored.length).toBeGreaterThan(0);
  for (const name of stored)
    expect([name, readFileSync(join(folder, name)).includes('Palabras de Ana')]).toEqual([name, false]);
});

test('[CO10, G14] visitors read no comment and see no reaction, in nothing that they are given', async () => {
  const { tablet, admin, space, page, pupil, pupils, relay } = await withComment({
    text: 'Palabras que no son para visitas'
  });
  await must(pupils.do(pupil, 'reaction.set', { page, reaction: 'thanks' }, { space }));
  const digest = await digestOf(contentOf('El Ebro', [], () => true));
  await must(tablet.do(admin, 'page.publish', { page, digest }, { space }));
  const visit = freshId<VisitId>();
  await must(tablet.do(admin, 'visit.create', await newVisit(visit), { space }));
  const answer = await opens(relay.address, visit);
  const visitor = Visitor.after(relay.address, visit, answer);
  const shown = `${await visitor.reads()}${await visitor.reads(`p/${page}`)}`;
  expect(shown).toContain('El Ebro');
  for (const word of ['Palabras que no', 'thanks', pupil.account]) expect(shown).not.toContain(word);
  const records = await fetch(`${relay.address}/api/documents/members%2F${space}%401`, {
    method: 'POST',
    headers: { Cookie: passIn(answer), 'Content-Type': 'application/octet-stream' },
    body: Uint8Array.of(0)
  });
  expect(records.status).toBe(401);
});

test('[CO1, CO3, CO4, PE39] attacks on comments are refused, each with its code', async () => {
  const world = await withComment();
  const { tablet, admin, space, page, pupil, pupils, one, comment } = world;
  const asks = async (
    who: [Tablet, typeof pupil],
    ...[name, args, where = space]: [
      'comment.add' | 'comment.edit' | 'comment.approve' | 'comment.remove',
      never,
      typeof space?
    ]
  ): Promise<string> => {
    const verdict = await who[0].do(who[1], name, args, { space: where });
    return verdict.is === 'refused' ? verdict.code : verdict.is;
  };
  const [ana, teacher] = [
    [pupils, pupil] as [Tablet, typeof pupil],
    [tablet, admin] as [Tablet, typeof admin]
  ];
  const add = (of: Wished): never => ({ page, comment: freshId(), text: 'Hola', ...of }) as never;
  // Too long for the rules, then for the edge; signs that are none; an address.
  expect(await asks(ana, 'comment.add', add({ text: 'ñ'.repeat(501) }))).toBe('comment-too-long');
  expect(await asks(ana, 'comment.add', add({ text: 'ñ'.repeat(8_001) }))).toBe('malformed');
  expect(await asks(ana, 'comment.add', add({ text: '\u2066'.repeat(500) }))).toBe('comment-empty');
  expect(await asks(ana, 'comment.add', add({ text: 'www.malo.example' }))).toBe('comment-link');
  const about = { block: '<b>' as BlockId, quote: '' };
  expect(await asks(ana, 'comment.add', add({ about }))).toBe('malformed');
  // Somebody else's words, and the yes that is an adult's.
  expect(await asks(teacher, 'comment.edit', { ...one, text: 'Otra cosa' } as never)).toBe(
    'comment-not-yours'
  );
  expect(await asks(ana, 'comment.approve', one as never)).toBe('not-permitted');
  // An id that is taken, and a page of another TwinSpace.
  expect(await asks(teacher, 'comment.add', add({ comment }))).toBe('comment-exists');
  const other = await second(world);
  expect(await asks(ana, 'comment.add', add({}), other.space)).not.toBe('accepted');
  const theirs = freshId<PageId>();
  const made = { page: theirs, title: 'Mares', order: 'a0', draft: false };
  await must(other.tablet.do(other.admin, 'page.create', made, { space: other.space }));
  expect(await asks(ana, 'comment.add', add({ page: theirs }))).toBe('page-unknown');
  // A page that one may read no longer.
  await must(tablet.do(admin, 'page.withdraw', { page, to: { is: 'pupils' } }, { space }));
  await must(tablet.do(admin, 'page.show', { page, shown: false }, { space }));
  expect(await asks(ana, 'comment.add', add({}))).toBe('only-permitted-pages');
  expect(await asks(ana, 'comment.edit', { ...one, text: 'Otra' } as never)).toBe('only-permitted-pages');
  // An archived TwinSpace.
  await must(tablet.do(admin, 'space.archive', {}, { space }));
  expect(await asks(teacher, 'comment.add', add({}))).toBe('space-archived');
});
