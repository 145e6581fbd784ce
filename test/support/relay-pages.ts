import type { ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { documentOfPage } from '#lib/domain/pages.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import type { RelayOptions } from '#relay/relay.ts';
import { bodyOf, newBlock, updateOf } from './page-edits.ts';
import { founded } from './relay-founded.ts';
import { addPupil, freshId, Tablet, type Newcomer } from './relay-tablet.ts';

/** A page of the administrator's in a TwinSpace with a pupil, whose device is their own. */
export async function withPage({
  draft = false,
  given = true,
  options = {}
}: { draft?: boolean; given?: boolean; options?: Partial<RelayOptions> } = {}) {
  const world = await founded(options);
  const { tablet, admin, space } = world;
  const page = freshId<PageId>();
  const { pupil } = await addPupil(world, 'Ana', 'Uno');
  await must(tablet.do(admin, 'page.create', { page, title: 'El Ebro', order: 'a0', draft }, { space }));
  if (given) await must(tablet.do(admin, 'page.permit', { page, to: { is: 'pupils' } }, { space }));
  const pupils = new Tablet(world.relay.address);
  await pupils.signIn(pupil);
  const room = roomOf(space, page);
  return { ...world, page, pupil, pupils, room };
}

/** The room of a page. */
export function roomOf(space: SpaceId, page: PageId): string {
  return roomName({ document: documentOfPage(page), space, generation: 1 });
}

/** What was accepted; throws where it was refused. */
export async function must(verdict: Promise<Verdict>): Promise<Verdict> {
  const answer = await verdict;
  if (answer.is !== 'accepted') throw new Error(JSON.stringify(answer));
  return answer;
}

/** Somebody who writes in a page on a device. */
export class Writer {
  readonly doc = pageDocument({ keepDeleted: true });
  readonly #tablet: Tablet;
  readonly #person: Newcomer;
  readonly #space: SpaceId;
  readonly #page: PageId;

  constructor(tablet: Tablet, person: Newcomer, { space, page }: { space: SpaceId; page: PageId }) {
    this.#tablet = tablet;
    this.#person = person;
    this.#space = space;
    this.#page = page;
  }

  /** An edit that adds a line, signed. */
  line(text: string, after: readonly ChangeId[] = []): Promise<SignedChange> {
    return this.does(() => bodyOf(this.doc).push([newBlock({}, text)]), after);
  }

  does(act: () => void, after: readonly ChangeId[] = []): Promise<SignedChange> {
    return this.signs(updateOf(this.doc, act) ?? Uint8Array.of(0, 0), after);
  }

  signs(
    update: Uint8Array,
    after: readonly ChangeId[] = [],
    client = this.doc.clientID
  ): Promise<SignedChange> {
    const wish = { space: this.#space, after };
    return this.#tablet.signEdit(this.#person, this.#page, client, update, wish);
  }

  async writes(text: string): Promise<Verdict> {
    const [verdict] = await this.#tablet.send(await this.line(text));
    if (!verdict) throw new Error('no verdict');
    return verdict;
  }
}
