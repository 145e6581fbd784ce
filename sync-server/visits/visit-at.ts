import { isForVisitors, visitStatus } from '#lib/domain/visits.ts';
import { isUuid, type MediaId, type SecretHash, type VisitId } from '#lib/domain/ids.ts';
import { sha256 } from '#lib/crypto/encoding.ts';
import { kindOfMedia } from '#lib/domain/media-types.ts';
import { mediaIn } from '#lib/domain/media.ts';
import type { Visit } from '#lib/domain/records.ts';
import { settingsOf, type SpaceState } from '#lib/domain/state.ts';
import type { ShownMedia } from '#lib/published/page-html.ts';
import type { Core } from '#relay/core.ts';
import type { Door } from './documents.ts';
import type { Shown } from '#relay/http/device-cookie.ts';
import { passOf, showsAnyPass, showsPass } from './pass.ts';

/** A link that opens, and what it shows. */
export interface OpenVisit {
  readonly visit: VisitId;
  readonly state: SpaceState;
  /** How often that has changed. */
  readonly applied: number;
  readonly link: Visit;
  readonly pass: string;
}

type Known = Omit<OpenVisit, 'pass'>;

/** VS1, VS2: what the request's pass opens; or where whoever asks stands instead. */
export async function visitAt(core: Core, visit: VisitId, shown: Shown): Promise<OpenVisit | Door> {
  const ended = showsAnyPass(shown);
  const known = await knownVisit(core, visit);
  const pass = known && passOf(core.visitPasses, visit, known.link);
  if (!known || pass === undefined || !showsPass(shown, pass)) return { is: 'closed', ended };
  const status = visitStatus(known.link, core.clock.today());
  return status === 'open' ? { ...known, pass } : { is: status, ended: true, pass };
}

/** VS1: the same for whoever shows the link's secret. */
export async function visitWith(core: Core, visit: VisitId, secret: string): Promise<OpenVisit | Door> {
  const known = await knownVisit(core, visit);
  const secretHash = (await sha256(secret)) as SecretHash;
  if (!known || known.link.secretHash !== secretHash) return { is: 'unknown' };
  const status = visitStatus(known.link, core.clock.today());
  if (status !== 'open') return { is: status, ended: true };
  return { ...known, pass: passOf(core.visitPasses, visit, known.link) };
}

async function knownVisit(core: Core, visit: VisitId): Promise<Known | undefined> {
  if (!isUuid(visit)) return undefined;
  const space = await core.storage.visits.spaceOf(visit);
  const truth = space && (await core.truth.space(space));
  const link = truth?.state.staff.visits.get(visit);
  return truth && link && { visit, state: truth.state, applied: truth.applied, link };
}

/** The TwinSpace's name, as visitors are told it. */
export function nameOf({ state }: Pick<OpenVisit, 'state'>): string {
  return state.members.meta.get('space')?.name ?? '';
}

/** The languages of the TwinSpace, the first one first. */
export function languagesOf({ state }: Pick<OpenVisit, 'state'>): readonly string[] {
  return settingsOf(state).languages;
}

/** PU3: a picture, film or sound as it is shown in this page; undefined for what is gone or has not arrived. */
export function shownMedia(state: SpaceState, page: string, id: string): ShownMedia | undefined {
  const media = mediaIn(state, id as MediaId);
  if (!media || !isForVisitors(media)) return undefined;
  const { width, height, here } = media;
  const is = kindOfMedia(media);
  const part = here?.file ? 'file' : is === 'picture' && here?.preview ? 'preview' : undefined;
  if (!part) return undefined;
  const poster = is === 'film' && here?.preview ? `media/${page}/${id}/preview` : undefined;
  return { is, src: `media/${page}/${id}/${part}`, width, height, ...(poster !== undefined && { poster }) };
}
