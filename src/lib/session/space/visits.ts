import { aboutWhat } from '#lib/domain/about.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { PageId, SpaceId, VisitId } from '#lib/domain/ids.ts';
import type { VisitPages } from '#lib/domain/records.ts';
import { contentsOf, pagesOfVisit, visitStatus } from '#lib/domain/visits.ts';
import { pageIn } from '#lib/domain/pages.ts';
import { readVisits, type VisitsAnswer } from '#lib/protocol/visits.ts';
import { publicOrigin } from '../device/public-origin.ts';
import { asked, done, failed, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { freshSecret, type Link } from './links.ts';
import type { MemberMark } from './member-row.ts';

/** A link for visitors as the list of them shows it. */
export interface VisitRow {
  readonly id: VisitId;
  readonly label: string;
  readonly expires: CalendarDate;
  readonly status: 'open' | 'revoked' | 'expired';
  readonly byDisplay: string;
  /** How many pages it shows now. */
  readonly pages: number;
  readonly mark: MemberMark;
}

/** A page that visitors see. */
export interface PublishedRow {
  readonly id: PageId;
  readonly title: string;
  readonly depth: number;
  readonly on: CalendarDate;
  /** Whether the relay has what visitors see. */
  readonly mark: MemberMark;
}

/** A link as the form has it. */
export interface NewVisit {
  readonly label: string;
  readonly expires: CalendarDate;
  readonly pages: VisitPages;
}

/** The links of a TwinSpace for visitors, and what they show. */
export class Visits {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** In no order. */
  get rows(): readonly VisitRow[] {
    const { view, today } = this.#work;
    const state = this.#work.stateOf(this.#space);
    const about = view.waiting.map(({ change }) => aboutWhat(change));
    const waiting = new Set(about.flatMap((what) => (what?.is === 'visit' ? [what.id] : [])));
    const published = new Set(pagesOfVisit(state, { pages: 'all' }).keys());
    return [...state.staff.visits].map(([key, visit]): VisitRow => {
      const id = key as VisitId;
      const { label, expires, by, pages } = visit;
      return {
        id,
        label,
        expires,
        status: visitStatus(visit, today),
        byDisplay: this.#work.nameOf(this.#space, by),
        pages: pages === 'all' ? published.size : pages.filter((page) => published.has(page)).length,
        mark: waiting.has(id) ? 'waiting' : 'sent'
      };
    });
  }

  /** The pages that visitors see, in the order of the tree. */
  get published(): readonly PublishedRow[] {
    const state = this.#work.stateOf(this.#space);
    const publishing = this.#work.view.waiting.filter(({ change }) => change.name === 'page.publish');
    const waiting = new Set(publishing.map(({ change }) => aboutWhat(change)?.id));
    return contentsOf(state, { pages: 'all' }).flatMap(({ page, depth }): PublishedRow[] => {
      const { title = '', published } = pageIn(state, page) ?? {};
      const mark = waiting.has(page) ? 'waiting' : 'sent';
      return published ? [{ id: page, title, depth, on: published.on, mark }] : [];
    });
  }

  /** PU5: a link, shown once: only the hash of its secret is kept. */
  async create({ label, expires, pages }: NewVisit): Promise<Result<Link>> {
    const visit = crypto.randomUUID() as VisitId;
    const { secret, secretHash } = await freshSecret();
    const args = { visit, label, secretHash, expires, pages };
    const submitted = await this.#work.submit(this.#space, 'visit.create', args);
    const link = `${publicOrigin(this.#work.app)}/v/${visit}/#${secret}`;
    return submitted.ok ? done({ link, expires }) : submitted;
  }

  /** PU5: it opens no more. */
  async revoke(visit: VisitId): Promise<Result<void>> {
    const submitted = await this.#work.submit(this.#space, 'visit.revoke', { visit });
    return submitted.ok ? done(undefined) : submitted;
  }

  /** VS8: how often each was opened, as the relay tells. */
  counts(): Promise<Result<VisitsAnswer['visits']>> {
    return asked(async () => {
      const visits = readVisits(await this.#work.app.relay.get(`/api/spaces/${this.#space}/visits`));
      return visits ? done(visits) : failed('relay-failed');
    });
  }
}
