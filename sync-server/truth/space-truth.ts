import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import { spaceOf, type SpaceState } from '#lib/domain/state.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';
import { RelayDocument } from './relay-document.ts';

/** Both documents of one TwinSpace in memory, and the state that the rules see in them. */
export class SpaceTruth {
  readonly id: SpaceId;
  readonly members: RelayDocument;
  readonly staff: RelayDocument;
  /** What the rules read: committed only. */
  readonly state: SpaceState;
  /** How often what the rules read has changed since it was loaded. */
  applied = 0;

  constructor(id: SpaceId, members: RelayDocument, staff: RelayDocument) {
    this.id = id;
    this.members = members;
    this.staff = staff;
    this.state = spaceOf(id, members.maps, staff.maps);
  }

  /** A TwinSpace of which nothing is known yet. */
  static fresh(id: SpaceId): SpaceTruth {
    return new SpaceTruth(id, RelayDocument.fresh('members'), RelayDocument.fresh('staff'));
  }

  /** Every accepted command advances it by one, in both documents. */
  get version(): number {
    return this.members.version;
  }

  document(name: SpaceDocument): RelayDocument {
    return name === 'members' ? this.members : this.staff;
  }

  /**
   * Writes what so many changes come to in this TwinSpace, hidden until it is stored, and advances the counter. What is
   * put by no change advances nothing, and is written into no document but its own.
   */
  write(puts: readonly SpacePut[], changes = 1): readonly DocumentUpdate[] {
    const version = this.version + changes;
    return [this.members, this.staff].flatMap((document) => {
      const records = this.#of(puts, document.document);
      if (changes === 0 && records.length === 0) return [];
      return {
        space: this.id,
        document: document.document,
        generation: document.generation,
        update: document.write(records, version)
      };
    });
  }

  /** Both documents whole, with what is written and not stored yet. */
  encoded(): readonly DocumentUpdate[] {
    return [this.members, this.staff].map((document) => ({
      space: this.id,
      document: document.document,
      generation: document.generation,
      update: document.encode()
    }));
  }

  /** After the commit: the rules see it. */
  apply(puts: readonly SpacePut[], changes = 1): void {
    this.applied += changes;
    for (const document of [this.members, this.staff]) document.apply(this.#of(puts, document.document));
  }

  #of(puts: readonly SpacePut[], document: SpaceDocument): readonly SpacePut[] {
    return puts.filter((put) => put.space === this.id && put.doc === document);
  }
}
