import { contentsOf } from '#lib/domain/visits.ts';
import type { VisitId } from '#lib/domain/ids.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { Core } from '#relay/core.ts';
import type { ContentsEntry } from './documents.ts';
import type { OpenVisit } from './visit-at.ts';

/** What stands in the contents of visits: made once, however many come, until anything changes in the TwinSpace. */
export class VisitContents {
  readonly #core: Core;
  readonly #made = new WeakMap<SpaceState, Made>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** PU3: the pages of the visit in their order, under the titles with which they were published. */
  async of({ visit, state, applied, link }: OpenVisit): Promise<readonly ContentsEntry[]> {
    const before = this.#made.get(state);
    const known = before?.applied === applied ? before : { applied, links: new Map() };
    const made = known.links.get(visit);
    if (made) return made;
    const titles = await this.#core.storage.visits.titles(state.id);
    const entries = contentsOf(state, link).flatMap(({ page, depth }): readonly ContentsEntry[] => {
      const title = titles.get(page);
      return title === undefined ? [] : [{ page, title, depth }];
    });
    known.links.set(visit, entries);
    this.#made.set(state, known);
    return entries;
  }
}

interface Made {
  /** Of the TwinSpace, when they were made. */
  readonly applied: number;
  readonly links: Map<VisitId, readonly ContentsEntry[]>;
}
