import { expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ChangeId, MediaId, PageId } from '#lib/domain/ids.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { pageFromParts } from '#lib/yjs/page-from-parts.ts';
import { jpeg } from '../support/media/pictures.ts';
import { founded } from '../support/relay-founded.ts';
import { announcing } from '../support/relay-media.ts';
import { freshId } from '../support/relay-tablet.ts';

const from = { on: '2026-06-19' as CalendarDate, by: ['Ana Uno'] };

test('[FA10, GA9] of two who read the same archive in the second one’s text falls, and what depends on the page does not', async () => {
  const { tablet, admin, space } = await founded();
  const [above, below, late] = [freshId<PageId>(), freshId<PageId>(), freshId<PageId>()];
  const [media, file] = [freshId<MediaId>(), jpeg()];
  const idOf = ({ header }: SignedChange): ChangeId => (JSON.parse(header) as { id: ChangeId }).id;
  /** What one of them reads in: a page with its text, pages under it, and a picture. */
  const reads = async (client: number, under: readonly PageId[]): Promise<readonly SignedChange[]> => {
    const args = { page: above, title: 'El Ebro', order: 'a0', draft: false, from };
    const made = await tablet.sign(admin, 'page.create', args, { space });
    const run = { text: 'Nace en Fontibre.', marks: [] };
    const [update = Uint8Array.of(0, 0)] = pageFromParts(
      [{ is: 'paragraph', indent: 0, runs: [run] }],
      client
    );
    const after = [idOf(made)];
    const text = await tablet.signEdit(admin, above, client, update, { space, after });
    const children = under.map((page) =>
      tablet.sign(admin, 'page.create', { ...args, page, parent: above }, { space, after })
    );
    const added = tablet.sign(
      admin,
      'media.add',
      { ...announcing(file, media), page: above },
      { space, after }
    );
    return [made, text, ...(await Promise.all(children)), await added];
  };
  const [first, second] = [await reads(11, [below]), await reads(12, [below, late])];
  const verdicts = async (sent: readonly SignedChange[]): Promise<readonly string[]> =>
    (await tablet.send(...sent)).map((verdict) => ('code' in verdict ? verdict.code : verdict.is));
  expect(await verdicts(first)).toEqual(Array(4).fill('accepted'));
  expect(await verdicts(second)).toEqual([
    ...['here-already', 'depends-on-refused', 'here-already', 'accepted', 'here-already']
  ]);
});
