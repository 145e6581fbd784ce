import { expect, onTestFinished, test } from 'vitest';
import type { App } from '#lib/session/app.svelte.ts';
import { textOfParts } from '#lib/session/pages/text-of-parts.ts';
import { Work } from '#lib/session/work.svelte.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { angel, marta, pageId, rios } from '../support/cast.ts';
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
