import type { PageId } from '#lib/domain/ids.ts';
import { orderAt, pagesInOrder, top } from '#lib/domain/page-order.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { ArchivedPageEntry } from '#lib/protocol/archives.ts';
import type { Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import { documentIn, originOf, type ArchivedPage } from './archived-page.ts';
import { mostTogether, type Reading } from './reading.ts';
import { Together } from './together.ts';

/** A page that was looked at. */
interface Looked {
  readonly id: PageId;
  readonly entry: ArchivedPageEntry;
  readonly page: ArchivedPage;
}

/** By each page of an archive, the one under which it stands there. */
type Above = ReadonlyMap<PageId, PageId | undefined>;

/** By media's new id, the page in which they stand first. */
export type StandsIn = ReadonlyMap<string, { readonly page: PageId; readonly title: string }>;

/** FA5: reads the pages of an archive in, each with its text, in the order of the tree. */
export async function readPages(reading: Reading): Promise<StandsIn> {
  const { archive, ids, looking } = reading;
  const standsIn = new Map<string, { readonly page: PageId; readonly title: string }>();
  const together = new Together<Looked>(mostTogether, (ones) => handIn(reading, ones));
  try {
    for (const entry of archive.said.pages) {
      reading.look();
      const id = ids.pages.get(entry.page);
      if (!id) continue;
      const document = await documentIn(archive, entry);
      const page = document && (await looking.page(document));
      for (const media of page?.media ?? [])
        if (!standsIn.has(media)) standsIn.set(media, { page: id, title: entry.title });
      if (pageIn(reading.state, id)) reading.known('page');
      else if (!page) reading.spoilt('page', entry.title);
      else await together.add({ id, entry, page });
    }
    await together.all();
    return standsIn;
  } finally {
    await together.leave();
  }
}

/** Each that fell with another one, or for which there was no room among so many, is handed in once more by itself. */
async function handIn(reading: Reading, ones: readonly Looked[]): Promise<void> {
  const answers = await reading.work.submitMany(reading.space, wishesFor(reading, ones));
  for (const [at, one] of ones.entries()) {
    const answer = answers[at];
    if (!answer) continue;
    if (ones.length > 1 && mayGoAlone(answer)) await handIn(reading, [one]);
    else reading.answered('page', one.entry.title, answer);
  }
}

function mayGoAlone(answer: Result<unknown>): boolean {
  if (answer.ok) return false;
  return answer.problem.is !== 'refusal' || answer.problem.refusal.refused === 'page-unknown';
}

/** Each at the end of those beside it. */
function wishesFor(reading: Reading, ones: readonly Looked[]): readonly Wish[] {
  const shown = pagesInOrder(reading.state);
  const above: Above = new Map(reading.archive.said.pages.map((one) => [one.page, one.parent]));
  const orders = new Map<PageId | typeof top, string[]>();
  const made = new Set<PageId>();
  return ones.map(({ id, entry, page }): Wish => {
    const parent = parentOf(reading, above, entry, made);
    const place = parent ?? top;
    const beside = orders.get(place) ?? (shown.get(place) ?? []).map((one) => one.page.order);
    const order = orderAt(beside, beside.length);
    orders.set(place, [...beside, order]);
    made.add(id);
    const { title, draft = false } = entry;
    const from = originOf(reading.archive, entry);
    const args = { page: id, title, order, draft, from, ...(parent === undefined ? {} : { parent }) };
    return { name: 'page.create', args, text: page.text };
  });
}

/** Under which page it is to stand: the nearest above it that is here, or is made with it. */
function parentOf(
  { ids, state }: Reading,
  above: Above,
  { parent }: ArchivedPageEntry,
  made: ReadonlySet<PageId>
): PageId | undefined {
  for (let old: PageId | undefined = parent; old !== undefined; old = above.get(old)) {
    const page = ids.pages.get(old);
    if (page && (made.has(page) || pageIn(state, page))) return page;
  }
  return undefined;
}
