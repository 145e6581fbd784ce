import { expect, onTestFinished, test } from 'vitest';
import { pagesInOrder, top } from '#lib/domain/page-order.ts';
import { mayWrite } from '#lib/domain/page-writing.ts';
import type { App } from '#lib/session/app.svelte.ts';
import { makePages } from '#lib/session/pages/one-for-each.ts';
import { textOfParts } from '#lib/session/pages/text-of-parts.ts';
import { Work } from '#lib/session/work.svelte.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { angel, giulia, groupId, marta, pageId, person, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';

const ebro = pageId('El Ebro');
const long = 'El agua baja muy alta. '.repeat(5000);
const parts: readonly Part[] = [
  { is: 'heading', level: 2, runs: [{ text: 'Mi diario', marks: [] }] },
  { is: 'paragraph', indent: 0, runs: [{ text: long, marks: [] }] }
];

/** What somebody can do beside the screens. */
async function workOf(app: App): Promise<Work> {
  const work = await Work.open(app);
  onTestFinished(() => work.close());
  return work;
}

const names = async ({ db }: App): Promise<readonly string[]> =>
  (await db.outbox.orderBy('seq').toArray()).map(({ name }) => name);

test('[ON1, ON2] a page is kept with its text and with who may write in it; of one that is refused nothing is', async () => {
  const app = await sit(marta, riosDeEuropa(), '/spaces');
  const work = await workOf(app);
  const before = await names(app);
  const args = { page: ebro, title: 'El Ebro', order: 'a0', draft: true };
  const text = textOfParts(parts);
  expect(text.updates).toHaveLength(2);
  const made = work.submitMany(rios, [
    { name: 'page.create', args, text },
    { name: 'page.permit', args: { page: ebro, to: { is: 'member', account: angel.id } } },
    { name: 'page.create', args, text }
  ]);
  expect((await made).map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(await names(app)).toEqual([...before, 'page.create', 'page.edit', 'page.edit', 'page.permit']);
  expect(await work.pages.read(rios, ebro)).toEqual(parts);
  expect(work.view.edits.map(({ refusal }) => refusal)).toEqual([undefined, undefined]);
  expect(work.stateOf(rios).members.pages.get(ebro)?.editors).toHaveLength(1);
});

test('[ON2] where the device has no room, neither the page nor its text is there', async () => {
  const app = await sit(marta, riosDeEuropa(), '/spaces');
  const work = await workOf(app);
  const before = await names(app);
  // The last thing that is stored in the step finds no room.
  app.db.mediaFiles.hook('creating', () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const args = { page: ebro, title: 'El Ebro', order: 'a0', draft: true };
  const files = [{ hash: 'x'.repeat(43) }] as never;
  const [answer] = await work.submitMany(rios, [
    { name: 'page.create', args, text: textOfParts(parts), files }
  ]);
  expect(answer?.ok).toBe(false);
  expect(await names(app)).toEqual(before);
  expect(work.stateOf(rios).staff.pages.has(ebro)).toBe(false);
});

test('[ON2, ON5, ON6, ON7] many pages are made part by part, stopped, gone on with, and taken back in one', async () => {
  const world = riosDeEuropa();
  const pupils = Array.from({ length: 25 }, (_, at) => person(`Ana${at}`, 'B', `ana.b.${at + 1}`));
  for (const pupil of pupils) world.addPupil(pupil);
  const app = await sit(marta, world, '/spaces');
  const work = await workOf(app);
  const to = pupils.map(({ id, given }) => ({ to: { is: 'member', account: id }, name: given }) as const);
  const wished = {
    title: 'Diario',
    parent: undefined,
    draft: true,
    until: undefined,
    text: textOfParts(parts)
  };
  const stop = new AbortController();
  const heard: number[] = [];
  const first = await makePages(work, rios, wished, to, {
    signal: stop.signal,
    onprogress: (count) => {
      heard.push(count);
      stop.abort();
    }
  });
  expect(first.made).toHaveLength(10);
  expect(first.failed).toEqual([]);
  expect(heard).toEqual([10]);
  const rest = await makePages(work, rios, wished, to, { onprogress: (count) => heard.push(count) });
  expect(rest.made).toHaveLength(15);
  expect(heard).toEqual([10, 10, 15]);
  expect((await makePages(work, rios, wished, to)).made).toEqual([]);

  const all = pagesInOrder(work.stateOf(rios)).get(top) ?? [];
  expect(all.map(({ page: { title } }) => title)).toEqual(to.map(({ name }) => `Diario · ${name}`));
  for (const {
    id,
    page: { editors }
  } of all) {
    expect(editors).toHaveLength(1);
    expect(await work.pages.read(rios, id)).toEqual(parts);
  }
  const [one] = pupils;
  const own = all.filter(
    ({ id }) =>
      one && mayWrite(work.stateOf(rios), id, { account: one.id, role: 'pupil' }, work.today) === true
  );
  expect(own.map(({ page: { title } }) => title)).toEqual(['Diario · Ana0']);

  expect(await rest.undo()).toBe(15);
  expect(pagesInOrder(work.stateOf(rios)).get(top)).toHaveLength(10);
});

test('[ON5, ON7, PA11] what may not be made stops nothing else, and no page stays that nobody may write in', async () => {
  const app = await sit(marta, riosDeEuropa(), '/spaces');
  const work = await workOf(app);
  const to = [
    { to: { is: 'member', account: angel.id }, name: 'Ángel' },
    { to: { is: 'member', account: giulia.id }, name: 'Giulia' },
    { to: { is: 'group', group: groupId('none') }, name: 'Equipo azul' }
  ] as const;
  const wished = { title: 'Diario', parent: undefined, draft: false, until: undefined, text: undefined };
  const { made, failed } = await makePages(work, rios, wished, to);
  expect(made).toHaveLength(1);
  expect(failed).toEqual([
    { name: 'Giulia', problem: { is: 'refusal', refusal: { refused: 'editor-unknown' } } },
    { name: 'Equipo azul', problem: { is: 'refusal', refusal: { refused: 'group-unknown' } } }
  ]);
  const left = pagesInOrder(work.stateOf(rios)).get(top) ?? [];
  expect(left.map(({ page: { title } }) => title)).toEqual(['Diario · Ángel']);
});
