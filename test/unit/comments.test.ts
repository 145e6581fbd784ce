import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import {
  longestComment,
  longestQuote,
  mostComments,
  mostPageComments,
  mostReactions,
  quoteOf
} from '#lib/domain/comments.ts';
import { plusDays } from '#lib/domain/dates.ts';
import { erasedInSpace } from '#lib/domain/erasing.ts';
import { isBlockId, type BlockId, type CommentId } from '#lib/domain/ids.ts';
import { putPage } from '#lib/domain/pages.ts';
import { withPuts } from '#lib/domain/puts.ts';
import { reactionKinds, type Comment } from '#lib/domain/records.ts';
import { commentsOf, reactionsOf, saidIn } from '#lib/domain/said.ts';
import type { CommentChoice } from '#lib/domain/settings.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { angel, commentId, luca, mares, marta, pageId, rios, zoe, type Person } from '../support/cast.ts';
import { blocksOf, bodyOf, newBlock } from '../support/page-edits.ts';
import { riosDeEuropa, twoSpaces, type World } from '../support/world.ts';

const [ebro, draft] = [pageId('El Ebro'), pageId('Borrador')];
const said = commentId('said');
const block = '12-340' as BlockId;

/** A page that all see, and a draft that was given to Ángel. */
function withPages(): World {
  const world = riosDeEuropa();
  world.do(luca, 'page.create', { page: ebro, title: 'El Ebro', order: 'a0', draft: false });
  world.do(luca, 'page.create', { page: draft, title: 'Borrador', order: 'a1', draft: true });
  world.do(luca, 'page.permit', { page: draft, to: { is: 'member', account: angel.id } });
  return world;
}

function says(world: World, who: Person, of: Partial<CommandArgs['comment.add']> = {}): string {
  return world.answer(who, 'comment.add', { page: ebro, comment: said, text: 'Me gusta', ...of });
}

function withComment(of: Partial<CommandArgs['comment.add']> = {}, who = angel): World {
  const world = withPages();
  world.do(who, 'comment.add', { page: ebro, comment: said, text: 'Me gusta', ...of });
  return world;
}

/** As every device reads it, and as staff's alone do. */
const open = (world: World, id = said): Comment | undefined => world.state().members.comments.get(id);
const staffs = (world: World, id = said): Comment | undefined => world.state().staff.comments.get(id);

describe('a comment', () => {
  test('[CO1, PE36] is said by whoever may read the page, under their name and with the day', () => {
    const world = withPages();
    expect([marta, luca, zoe, angel].map((who) => says(world, who))).toEqual(Array(4).fill('accepted'));
    world.do(angel, 'comment.add', { page: ebro, comment: said, text: 'Me gusta' });
    expect(open(world)).toEqual({ page: ebro, by: angel.id, on: world.now, place: 1, text: 'Me gusta' });
    expect(staffs(world)).toBeUndefined();
    expect(says(world, luca)).toBe('comment-exists');
    world.do(luca, 'comment.add', { page: ebro, comment: commentId('next'), text: 'Gracias' });
    expect(open(world, commentId('next'))?.place).toBe(2);
  });

  test('[CO1] of a draft only by whoever may see it, of one in the trash by nobody, of one that is not there neither', () => {
    const world = withPages();
    const ofDraft = (who: Person): string => says(world, who, { page: draft });
    expect([marta, luca, angel].map(ofDraft)).toEqual(Array(3).fill('accepted'));
    expect(ofDraft(zoe)).toBe('only-permitted-pages');
    expect(says(world, luca, { page: pageId('none') })).toBe('page-unknown');
    world.do(luca, 'page.withdraw', { page: draft, to: { is: 'member', account: angel.id } });
    expect(ofDraft(angel)).toBe('only-permitted-pages');
    world.do(luca, 'page.trash', { page: ebro });
    expect([marta, angel].map((who) => says(world, who))).toEqual(['page-trashed', 'page-trashed']);
  });

  test('[CO1] of a page that one may read no longer is neither changed nor taken back', () => {
    const world = withComment({ page: draft });
    world.do(luca, 'page.withdraw', { page: draft, to: { is: 'member', account: angel.id } });
    const one = { page: draft, comment: said };
    expect(world.answer(angel, 'comment.edit', { ...one, text: 'No' })).toBe('only-permitted-pages');
    expect(world.answer(angel, 'comment.remove', one)).toBe('only-permitted-pages');
    expect(world.answer(angel, 'reaction.set', { page: draft, reaction: 'love' })).toBe(
      'only-permitted-pages'
    );
  });

  test.each([
    ['nothing', '', 'comment-empty'],
    ['spaces alone', ' \n ', 'comment-empty'],
    ['signs that cannot be seen', '\u200b'.repeat(500), 'comment-empty'],
    ['a hidden sign', 'a\u202eb', 'comment-hidden-sign'],
    ['a control sign', 'a\u0007b', 'comment-hidden-sign'],
    ['501 signs', 'ñ'.repeat(longestComment + 1), 'comment-too-long'],
    ['500 signs', '🌊'.repeat(longestComment), 'accepted'],
    ['lines', 'Uno\nDos', 'accepted'],
    ['a family', 'Nosotros 👩‍👩‍👧', 'accepted'],
    [
      'a flag made of several signs',
      'Soy de 🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
      'accepted'
    ],
    ['words hidden behind a flag', '🏴\u{e0068}\u{e006f}\u{e006c}\u{e0061}\u{e007f}', 'comment-hidden-sign'],
    ['an empty sign for fingers', '\u2800', 'comment-empty'],
    ['an address', 'Mira https://malo.example', 'comment-link'],
    ['an address without its beginning', 'Mira WWW.malo.example', 'comment-link'],
    ['a mailbox', 'Escribe a ana@malo.example', 'comment-link'],
    ['an address in wide letters', 'Mira ｈｔｔｐｓ：//malo.example', 'comment-link'],
    ['an address of another kind', 'Mira ftp://malo', 'comment-link'],
    ['a host with a path', 'Entra en t.me/grupo', 'comment-link'],
    ['a host alone', 'Entra en malo.com, ya', 'comment-link'],
    ['words without a space', 'Fin.Luego sigo y/o paro, p. ej. 1.5/2', 'accepted'],
    ['a colon', 'Nota: http: no vale', 'accepted']
  ])('[CO1] of %s', (_, text, answer) => {
    expect(says(withPages(), angel, { text })).toBe(answer);
  });

  test('[CO2] quotes the paragraph that it is about, and stays when that is gone', () => {
    const about = { block, quote: 'El Ebro nace en Fontibre' };
    const world = withComment({ about });
    expect(open(world)?.about).toEqual(about);
    const quotes = (quote: string): string =>
      says(world, luca, { comment: commentId('other'), about: { block, quote } });
    expect(['ñ'.repeat(longestQuote), 'ñ'.repeat(longestQuote + 1), 'a\nb', 'a\u202eb'].map(quotes)).toEqual([
      'accepted',
      'malformed',
      'malformed',
      'malformed'
    ]);
    expect(quoteOf('  El\nEbro\u202e  nace ')).toBe('El Ebro nace');
    expect(quoteOf('Las 👩‍👩‍👧 y می\u200cخواهم')).toBe('Las 👩‍👩‍👧 y می\u200cخواهم');
    const families = [0, 1, 2, 3, 4].map((before) => quoteOf('a'.repeat(before) + '👩‍👩‍👧'.repeat(100)));
    expect(families.map(quotes)).toEqual(Array(5).fill('accepted'));
    expect([...quoteOf('ñ'.repeat(300))].length).toBe(longestQuote);
    expect(quotes(quoteOf('ñ\u0000'.repeat(300)))).toBe('accepted');
  });

  test('[CO2] a paragraph is the same one for as long as it stands, whatever is written in it and around it', () => {
    const doc = pageDocument();
    const ids = (): readonly (string | undefined)[] =>
      pageTree(doc, { blocks: true }).flatMap((part) =>
        part.is === 'list' ? part.items.map((item) => item.block) : 'block' in part ? [part.block] : []
      );
    bodyOf(doc).push([newBlock({}, 'Nace en Fontibre'), newBlock({}, 'Llega al mar')]);
    const [first, second] = ids();
    if (first === undefined || second === undefined) throw new Error('no blocks');
    expect([first, second].map(isBlockId)).toEqual([true, true]);
    bodyOf(doc).insert(1, [newBlock({}, 'Pasa por Miranda')]);
    blocksOf(bodyOf(doc))[0]?.setAttribute('kind', 'bullet');
    const other = pageDocument();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(pageTree(other, { blocks: true })).toEqual(pageTree(doc, { blocks: true }));
    expect([ids()[0], ids()[2]]).toEqual([first, second]);
    bodyOf(doc).delete(0, 1);
    expect(ids()).not.toContain(first);
    expect(JSON.stringify(pageTree(doc))).not.toContain('"block"');
  });

  test('[CO3] goes with the record of its page: to staff alone, and back', () => {
    const world = withComment();
    world.do(angel, 'reaction.set', { page: ebro, reaction: 'bravo' });
    world.do(luca, 'page.trash', { page: ebro });
    const there = (): unknown => {
      const { members, staff } = world.state();
      return [members, staff].map(({ comments, reactions }) => [comments.size, reactions.size]);
    };
    expect(there()).toEqual([
      [0, 0],
      [1, 1]
    ]);
    world.do(luca, 'page.restore', { page: ebro });
    world.do(luca, 'page.show', { page: ebro, shown: false });
    expect(there()).toEqual([
      [0, 0],
      [1, 1]
    ]);
    world.do(luca, 'page.show', { page: ebro, shown: true });
    expect(there()).toEqual([
      [1, 1],
      [0, 0]
    ]);
    expect(open(world)?.text).toBe('Me gusta');
  });

  test('[CO3] is no other page’s, nor another TwinSpace’s', () => {
    const world = twoSpaces();
    world.do(luca, 'page.create', { page: ebro, title: 'El Ebro', order: 'a0', draft: false });
    world.do(luca, 'page.create', { page: draft, title: 'Otra', order: 'a1', draft: false });
    world.do(angel, 'comment.add', { page: ebro, comment: said, text: 'Me gusta' });
    const wrong = { page: draft, comment: said };
    expect(world.answer(angel, 'comment.edit', { ...wrong, text: 'No' })).toBe('comment-unknown');
    expect(world.answer(marta, 'comment.remove', wrong)).toBe('comment-unknown');
    const elsewhere = { space: mares };
    expect(world.answer(marta, 'comment.add', { page: ebro, comment: said, text: 'No' }, elsewhere)).not.toBe(
      'accepted'
    );
  });
});

describe('changing and taking away', () => {
  const one = { page: ebro, comment: said };

  test('[CO4, PE38] its author changes it, nobody else; its author and staff take it away', () => {
    const world = withComment();
    const edits = (who: Person): string => world.answer(who, 'comment.edit', { ...one, text: 'Mejor' });
    expect([marta, luca, zoe, angel].map(edits)).toEqual([
      ...Array<string>(3).fill('comment-not-yours'),
      'accepted'
    ]);
    expect(world.answer(angel, 'comment.edit', { ...one, text: '' })).toBe('comment-empty');
    world.now = plusDays(world.now, 1);
    world.do(angel, 'comment.edit', { ...one, text: 'Mejor' });
    expect(open(world)).toMatchObject({ text: 'Mejor', edited: world.now, on: plusDays(world.now, -1) });
    const removes = (who: Person): string => world.answer(who, 'comment.remove', one);
    expect([marta, luca, zoe, angel].map(removes)).toEqual([
      'accepted',
      'accepted',
      'only-own-things',
      'accepted'
    ]);
  });

  test('[CO4] what its author takes back is gone', () => {
    const world = withComment();
    world.do(angel, 'comment.remove', one);
    expect([open(world), staffs(world)]).toEqual([undefined, undefined]);
    expect(world.answer(marta, 'comment.restore', one)).toBe('comment-unknown');
  });

  test('[CO4, PE39] what staff take away is with staff alone, who bring it back within thirty days', () => {
    const world = withComment();
    expect(world.answer(luca, 'comment.restore', one)).toBe('comment-not-removed');
    world.do(luca, 'comment.remove', one);
    expect(open(world)).toBeUndefined();
    expect(staffs(world)).toMatchObject({ text: 'Me gusta', removed: { by: luca.id, on: world.now } });
    expect(world.answer(marta, 'comment.remove', one)).toBe('comment-removed');
    expect(world.answer(angel, 'comment.edit', { ...one, text: 'Otra' })).toBe('comment-removed');
    expect(world.answer(angel, 'comment.restore', one)).toBe('not-permitted');
    world.now = plusDays(world.now, 30);
    expect(world.answer(marta, 'comment.restore', one)).toBe('accepted');
    world.now = plusDays(world.now, 1);
    expect(world.answer(marta, 'comment.restore', one)).toBe('restore-too-late');
    world.now = plusDays(world.now, -1);
    world.do(marta, 'comment.restore', one);
    expect(open(world)?.text).toBe('Me gusta');
    expect(staffs(world)).toBeUndefined();
  });
});

describe('approval', () => {
  const one = { page: ebro, comment: said };

  function waiting(): World {
    const world = withPages();
    world.do(marta, 'settings.set', { settings: { commentApproval: true } });
    world.do(angel, 'comment.add', { ...one, text: 'Me gusta', about: { block, quote: 'Ebro' } });
    return world;
  }

  test('[CO5] what pupils say waits: that it does all devices know, its words staff alone', () => {
    const world = waiting();
    expect(open(world)).toEqual({
      page: ebro,
      by: angel.id,
      on: world.now,
      place: 1,
      text: '',
      waiting: true
    });
    expect(staffs(world)).toMatchObject({ text: 'Me gusta', waiting: true });
    world.do(luca, 'comment.add', { page: ebro, comment: commentId('teacher'), text: 'Hola' });
    expect(open(world, commentId('teacher'))?.waiting).toBeUndefined();
  });

  test('[CO5, PE39] an adult says yes, no pupil does', () => {
    const world = waiting();
    const approves = (who: Person): string => world.answer(who, 'comment.approve', one);
    expect([angel, zoe, luca, marta].map(approves)).toEqual([
      'not-permitted',
      'not-permitted',
      'accepted',
      'accepted'
    ]);
    world.do(luca, 'comment.approve', one);
    expect(open(world)).toMatchObject({ text: 'Me gusta', about: { block, quote: 'Ebro' } });
    expect(staffs(world)).toBeUndefined();
    expect(approves(marta)).toBe('comment-not-waiting');
  });

  test('[CO5] a yes is for the words that were read, not for what its author made of them meanwhile', () => {
    const world = waiting();
    const read = { by: angel.id, text: 'Me gusta' };
    world.do(angel, 'comment.edit', { ...one, text: 'Qué feo' });
    expect(world.answer(luca, 'comment.approve', { ...one, read })).toBe('comment-not-as-read');
    const other = { by: zoe.id, text: 'Qué feo' };
    expect(world.answer(luca, 'comment.approve', { ...one, read: other })).toBe('comment-not-as-read');
    expect(open(world)).toMatchObject({ text: '', waiting: true });
    world.do(luca, 'comment.approve', { ...one, read: { by: angel.id, text: 'Qué feo' } });
    expect(open(world)).toMatchObject({ text: 'Qué feo' });
  });

  test('[CO5] what is changed afterwards waits again; what staff take away of it is shown to nobody', () => {
    const world = waiting();
    world.do(luca, 'comment.approve', one);
    world.do(angel, 'comment.edit', { ...one, text: 'Otra cosa' });
    expect(open(world)).toMatchObject({ text: '', waiting: true });
    world.do(luca, 'comment.remove', one);
    expect(open(world)).toBeUndefined();
    expect(world.answer(luca, 'comment.approve', one)).toBe('comment-removed');
    world.do(luca, 'comment.restore', one);
    expect(open(world)).toMatchObject({ text: '', waiting: true });
  });
});

describe('reactions', () => {
  test('[CO6, PE37] one of six signs of each member, for the page and for each paragraph', () => {
    const world = withPages();
    expect(reactionKinds).toHaveLength(6);
    world.do(angel, 'reaction.set', { page: ebro, reaction: 'love' });
    world.do(angel, 'reaction.set', { page: ebro, reaction: 'bravo' });
    world.do(angel, 'reaction.set', { page: ebro, block, reaction: 'idea' });
    world.do(zoe, 'reaction.set', { page: ebro, reaction: 'bravo' });
    const all = (): unknown => [...reactionsOf(world.state(), ebro).values()];
    expect(all()).toEqual([
      { page: ebro, by: angel.id, kind: 'bravo' },
      { page: ebro, by: angel.id, kind: 'idea', block },
      { page: ebro, by: zoe.id, kind: 'bravo' }
    ]);
    world.do(angel, 'reaction.set', { page: ebro });
    expect(all()).toHaveLength(2);
  });
});

describe('what a TwinSpace chooses', () => {
  test.each<[CommentChoice, string, string, string]>([
    ['none', 'setting-off', 'setting-off', 'setting-off'],
    ['reactions', 'setting-off', 'setting-off', 'accepted'],
    ['staff', 'accepted', 'setting-off', 'accepted'],
    ['all', 'accepted', 'accepted', 'accepted']
  ])('[CO7, SG1] %s', (comments, staff, pupils, signs) => {
    const world = withPages();
    world.do(marta, 'settings.set', { settings: { comments } });
    expect([marta, luca].map((who) => says(world, who))).toEqual([staff, staff]);
    expect([zoe, angel].map((who) => says(world, who))).toEqual([pupils, pupils]);
    const reacts = (who: Person): string =>
      world.answer(who, 'reaction.set', { page: ebro, reaction: 'thanks' });
    expect([marta, angel].map(reacts)).toEqual([signs, signs]);
  });

  test('[CO7, PE29] administrators alone choose, and one of the four', () => {
    const world = withPages();
    const settings = { comments: 'staff', commentApproval: true } as const;
    expect(world.answer(marta, 'settings.set', { settings })).toBe('accepted');
    expect(world.answer(luca, 'settings.set', { settings })).toBe('only-administrators');
    const other = { comments: 'some' as CommentChoice };
    expect(world.answer(marta, 'settings.set', { settings: other })).toBe('setting-invalid');
  });

  test('[CO1, SP4] in one that is archived nothing is said', () => {
    const world = withComment();
    world.do(marta, 'space.archive', {});
    expect(says(world, luca, { comment: commentId('late') })).toBe('space-archived');
    expect(world.answer(angel, 'reaction.set', { page: ebro, reaction: 'love' })).toBe('space-archived');
  });
});

test('[CO8] a page has five hundred comments at most, a TwinSpace ten thousand, and twenty thousand signs', () => {
  const world = withComment();
  const comment = open(world);
  if (!comment) throw new Error('no comment');
  const fill = (count: number, page: typeof ebro, name: string): void =>
    world.write(
      Array.from({ length: count }, (_, at) => ({
        doc: 'members',
        map: 'comments',
        key: commentId(`${name} ${at}`),
        value: { ...comment, page }
      })),
      rios
    );
  const more = (page = ebro): string => says(world, luca, { page, comment: commentId('more') });
  fill(mostPageComments - 2, ebro, 'here');
  expect(more()).toBe('accepted');
  fill(mostPageComments - 1, ebro, 'here');
  expect(more()).toBe('too-many-comments');
  expect(more(draft)).toBe('accepted');
  fill(mostComments, pageId('elsewhere'), 'elsewhere');
  expect(more(draft)).toBe('too-many-comments');
  world.write(
    Array.from({ length: mostReactions }, (_, at) => ({
      doc: 'staff',
      map: 'reactions',
      key: `${at}`,
      value: { page: draft, by: zoe.id, kind: 'love' }
    })),
    rios
  );
  expect(world.answer(angel, 'reaction.set', { page: ebro, reaction: 'love' })).toBe('too-many-comments');
});

test('[CO8] one pupil has a hundred comments at a page, a thousand in all, and a thousand signs at most', () => {
  const comments = (count: number, by: Person, page = ebro): World => {
    const world = withPages();
    const value: Comment = { page, by: by.id, on: world.now, place: 1, text: 'Hola' };
    const put = (at: number) =>
      ({ doc: 'members', map: 'comments', key: commentId(`${at}`), value }) as const;
    world.write(
      Array.from({ length: count }, (_, at) => put(at)),
      rios
    );
    return world;
  };
  expect(says(comments(99, angel), angel)).toBe('accepted');
  const full = comments(100, angel);
  expect([says(full, angel), says(full, zoe)]).toEqual(['too-many-own', 'accepted']);
  expect(says(comments(100, luca), luca)).toBe('accepted');
  expect(says(comments(999, angel, draft), angel)).toBe('accepted');
  expect(says(comments(1_000, angel, draft), angel)).toBe('too-many-own');
  expect(says(comments(1_000, luca, draft), luca)).toBe('accepted');

  const world = withPages();
  for (let at = 0; at < 1_000; at++)
    world.do(angel, 'reaction.set', { page: ebro, block: `${at}-0` as BlockId, reaction: 'love' });
  const signs = (who: Person, reaction: 'bravo' | 'love' = 'bravo', at = 1_000): string =>
    world.answer(who, 'reaction.set', { page: ebro, block: `${at}-0` as BlockId, reaction });
  expect([angel, zoe, luca].map((who) => signs(who))).toEqual(['too-many-own', 'accepted', 'accepted']);
  expect(signs(angel, 'bravo', 7)).toBe('accepted');
  world.do(angel, 'reaction.set', { page: ebro, block: '7-0' as BlockId });
  expect(signs(angel)).toBe('accepted');
});

test('[CO8] a pupil’s words have room together, and all of a TwinSpace, also those that are put in by changing', () => {
  const world = withPages();
  const fill = (count: number, by: Person, removed = false): void => {
    const taken = removed ? { removed: { by: luca.id, on: world.now } } : {};
    const quoted = { text: 'a'.repeat(400), about: { block, quote: 'q'.repeat(100) } };
    const value: Comment = { page: draft, by: by.id, on: world.now, place: 1, ...quoted, ...taken };
    const doc = removed ? 'staff' : 'members';
    const put = (at: number) =>
      ({ doc, map: 'comments', key: commentId(`${by.given} ${at} ${doc}`), value }) as const;
    world.write(
      Array.from({ length: count }, (_, at) => put(at)),
      rios
    );
  };
  fill(50, angel, true);
  fill(99, angel);
  const mine = commentId('mine');
  world.do(angel, 'comment.add', { page: ebro, comment: mine, text: 'Hola' });
  expect(says(world, angel, { text: 'a'.repeat(497) })).toBe('too-many-own');
  expect(says(world, angel, { text: 'a'.repeat(496) })).toBe('accepted');
  const changes = (length: number): string =>
    world.answer(angel, 'comment.edit', { page: ebro, comment: mine, text: 'a'.repeat(length) });
  expect(changes(500)).toBe('accepted');
  world.do(angel, 'comment.edit', { page: ebro, comment: mine, text: 'a'.repeat(500) });
  expect(says(world, angel, { text: 'a' })).toBe('too-many-own');
  expect(says(world, zoe, { text: 'a' })).toBe('accepted');
  fill(1_901, luca);
  expect(says(world, luca, { text: 'a' })).toBe('too-many-comments');
  expect(changes(499)).toBe('accepted');
});

test('[CO8] one that waits counts once', () => {
  const world = withPages();
  world.do(marta, 'settings.set', { settings: { commentApproval: true } });
  const value: Comment = { page: draft, by: zoe.id, on: world.now, place: 1, text: '', waiting: true };
  const waiting = (doc: 'members' | 'staff') =>
    Array.from(
      { length: 5_000 },
      (_, at) => ({ doc, map: 'comments', key: commentId(`${at}`), value }) as const
    );
  world.write([...waiting('members'), ...waiting('staff')], rios);
  expect(says(world, angel)).toBe('accepted');
});

test('[CO3, PA4, ER5] a draft that was open for an erased pupil alone goes to staff, with what others said of it', () => {
  const world = withPages();
  world.do(angel, 'comment.add', { page: draft, comment: said, text: 'Mío' });
  world.do(luca, 'comment.add', { page: draft, comment: commentId('teacher'), text: 'Bien' });
  const { members, staff } = withPuts(world.state(), erasedInSpace(world.state(), world.gone(angel)));
  expect([members, staff].map(({ pages }) => pages.has(draft))).toEqual([false, true]);
  expect([members, staff].map(({ comments }) => [...comments.keys()])).toEqual([[], [commentId('teacher')]]);
});

test('[CO3, PA7] however many pages go into the trash at once, what was said of all of them is read once', () => {
  const world = withPages();
  const below = Array.from({ length: 20 }, (_, at) => pageId(`below ${at}`));
  for (const [at, page] of below.entries()) {
    world.do(marta, 'page.create', { page, title: 'Abajo', order: `b${at}`, draft: false, parent: ebro });
    world.do(luca, 'comment.add', { page, comment: commentId(`${at}`), text: 'Bien' });
  }
  const state = world.state();
  let reads = 0;
  class Counted extends Map<string, Comment> {
    override [Symbol.iterator](): MapIterator<[string, Comment]> {
      reads += 1;
      return super[Symbol.iterator]();
    }
  }
  const counted = new Counted(state.members.comments);
  const trashed = { by: marta.id, on: world.now, with: ebro };
  const looked = { ...state, members: { ...state.members, comments: counted } };
  const known = saidIn(looked);
  for (const id of below) {
    const page = state.members.pages.get(id);
    if (page) expect(putPage(looked, id, { ...page, trashed }, known)).toHaveLength(4);
  }
  expect(reads).toBe(1);
  world.do(marta, 'page.trash', { page: ebro });
  expect([...world.state().members.comments.values()]).toEqual([]);
  expect(world.state().staff.comments.size).toBe(20);
  world.do(marta, 'page.restore', { page: ebro });
  expect(world.state().members.comments.size).toBe(20);
});

test('[CO9, ER5] with an account goes what it said, wherever it stands, and nobody else’s', () => {
  const world = withComment({ text: 'Soy Ángel' });
  world.do(angel, 'reaction.set', { page: ebro, reaction: 'love' });
  world.do(luca, 'comment.add', { page: ebro, comment: commentId('teacher'), text: 'Bien' });
  world.do(angel, 'comment.add', { page: draft, comment: commentId('draft'), text: 'Mío' });
  world.do(angel, 'comment.add', { page: ebro, comment: commentId('bad') as CommentId, text: 'Feo' });
  world.do(luca, 'comment.remove', { page: ebro, comment: commentId('bad') });
  const after = withPuts(world.state(), erasedInSpace(world.state(), world.gone(angel)));
  expect([...commentsOf(after, ebro).values()].map(({ by }) => by)).toEqual([luca.id]);
  expect(commentsOf(after, draft).size + reactionsOf(after, ebro).size).toBe(0);
});

describe('handing in', () => {
  const hands = (world: World, who: Person, handed = true): string =>
    world.answer(who, 'page.hand-in', { page: draft, handed });
  const handedIn = (world: World): unknown => world.state().members.pages.get(draft)?.handedIn;

  test('[HI1, PE40] a pupil who may write in a page hands it in once, and takes it back', () => {
    const world = withPages();
    expect([marta, luca, zoe, angel].map((who) => hands(world, who))).toEqual([
      'not-permitted',
      'not-permitted',
      'only-permitted-pages',
      'accepted'
    ]);
    expect(hands(world, angel, false)).toBe('page-not-handed-in');
    world.do(angel, 'page.hand-in', { page: draft, handed: true });
    expect(handedIn(world)).toEqual({ by: angel.id, on: world.now });
    expect(hands(world, angel)).toBe('page-handed-in');
    world.do(angel, 'page.hand-in', { page: draft, handed: false });
    expect(handedIn(world)).toBeUndefined();
  });

  test('[HI1] writing, showing and the trash leave it handed in; in the trash it is not taken back', () => {
    const world = withPages();
    world.do(angel, 'page.hand-in', { page: draft, handed: true });
    world.do(angel, 'page.rename', { page: draft, title: 'El Arga' });
    world.do(luca, 'page.show', { page: draft, shown: true });
    expect(handedIn(world)).toBeDefined();
    world.do(luca, 'page.trash', { page: draft });
    expect(hands(world, angel, false)).toBe('page-trashed');
    expect(world.answer(luca, 'page.give-back', { page: draft })).toBe('page-trashed');
  });

  test('[HI2, PE41] staff give it back, and it can be handed in again', () => {
    const world = withPages();
    const gives = (who: Person): string => world.answer(who, 'page.give-back', { page: draft });
    expect(gives(luca)).toBe('page-not-handed-in');
    world.do(angel, 'page.hand-in', { page: draft, handed: true });
    expect([marta, luca, zoe, angel].map(gives)).toEqual([
      'accepted',
      'accepted',
      'not-permitted',
      'not-permitted'
    ]);
    world.do(luca, 'page.give-back', { page: draft });
    expect(handedIn(world)).toBeUndefined();
    const givenBack = (): unknown => world.state().members.pages.get(draft)?.givenBack;
    expect(givenBack()).toBe(world.now);
    expect(hands(world, angel)).toBe('accepted');
    world.do(angel, 'page.hand-in', { page: draft, handed: true });
    expect(givenBack()).toBeUndefined();
    expect(world.answer(luca, 'page.give-back', { page: pageId('none') })).toBe('page-unknown');
  });
});
