import type { AccountId, PageId } from '#lib/domain/ids.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import type { DemoTablet } from '#relay/ops/demo/demo-tablet.ts';
import type { DemoPerson } from '#relay/ops/demo/person.ts';
import { bodyOf, newBlock, updateOf } from './page-edits.ts';

/** A page that stands there when a journey begins, and who may write in it. */
export interface PageThere {
  readonly title: string;
  /** The title of one that was named before it. */
  readonly under?: string;
  readonly draft?: boolean;
  /** To whom it was given beside its teachers. */
  readonly to?: 'pupils' | readonly AccountId[];
  readonly lines?: readonly string[];
}

/** Makes these pages through the relay's gate, as somebody of the staff did on the day before. */
export async function makePagesByGate(
  gate: DemoTablet,
  by: DemoPerson,
  pages: readonly PageThere[]
): Promise<void> {
  const made = new Map<string, PageId>();
  for (const [at, { title, under, draft = false, to = [], lines = [] }] of pages.entries()) {
    const page = crypto.randomUUID() as string as PageId;
    made.set(title, page);
    const parent = under === undefined ? undefined : made.get(under);
    await gate.do(by, 'page.create', { page, title, order: `a${at}`, draft, ...(parent ? { parent } : {}) });
    const grantees =
      to === 'pupils'
        ? [{ is: 'pupils' } as const]
        : to.map((account) => ({ is: 'member', account }) as const);
    for (const grantee of grantees) await gate.do(by, 'page.permit', { page, to: grantee });
    const doc = pageDocument({ keepDeleted: true });
    const written = updateOf(doc, () => bodyOf(doc).push(lines.map((text) => newBlock({}, text))));
    if (written && lines.length > 0) await gate.write(by, page, doc.clientID, written);
  }
}
