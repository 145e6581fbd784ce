import { namesIn } from './called-apart.ts';
import type { CalendarDate } from './dates.ts';
import { directoryMaps, type DirectoryMaps } from './directory.ts';
import type { AccountId, DeviceId, FileHash, PageId } from './ids.ts';
import type { KnownDirectory } from './known-directory.ts';
import { withoutAuthors } from './page-origin.ts';
import { isOpen, pageIn, putPage } from './pages.ts';
import { withPuts, type DirectoryPut, type SpacePut } from './puts.ts';
import type { Comment, Media, Page, Reaction } from './records.ts';
import { saidIn } from './said.ts';
import { membersMaps, staffMaps, type MembersMaps, type SpaceState, type StaffMaps } from './state.ts';

/** Who is erased, and by what they are known where their id does not stand. */
export interface Gone {
  readonly account: AccountId;
  readonly on: CalendarDate;
  /** The names under which an adult stood anywhere: others were told one without an id (JO4, JO5, KE9). */
  readonly displays: ReadonlySet<string>;
  /** Every name under which they ever stood: a page was called by one of these, or says that they wrote in it (ON8, FA9). */
  readonly called: ReadonlySet<string>;
  readonly devices: ReadonlySet<DeviceId>;
}

interface GoneHere extends Gone {
  /** How they alone are called where the record is (MM11). */
  readonly apart?: string | undefined;
  /** What visitors are shown without their name, by its hash, under the page's id. */
  readonly shown: ReadonlyMap<string, FileHash>;
}

/**
 * What an erasure leaves of the records of a map. `theirs`: nothing of the one under the account's id, all of every
 * other; `stays`: all of them, for at most the id stands there; else what is left of a record: null for nothing, the
 * very same for one that says nothing of the account.
 */
type Left<Value> = 'theirs' | 'stays' | ((value: Value, key: string, gone: GoneHere) => Value | null);
type Answers<Maps> = { readonly [Map in keyof Maps]: Left<Maps[Map]> };

/**
 * ER5: what erasing does with every record that there is: of the member the id, the role and the day stay, so that what
 * they contributed stands under "former member"; of the person nothing, nor of what others wrote about them.
 */
const members: Answers<MembersMaps> = {
  meta: 'stays',
  members: (member, key, { account, on, displays }) => {
    const { status } = member;
    if (key === account) {
      // Who only waited for the home's yes was never a member: nothing stays, unless they were one before.
      const was = status.is === 'waiting' ? status.before : member;
      return was ? { display: '', role: was.role, status: { is: 'erased', on } } : null;
    }
    return status.is === 'waiting' && displays.has(status.asked)
      ? { ...member, status: { ...status, asked: '' } }
      : member;
  },
  people: 'theirs',
  groups: 'stays',
  settings: 'stays',
  pages: withoutThem,
  moved: 'stays',
  media: withoutWhy,
  comments: withoutTheirs,
  reactions: withoutTheirs
};

const staff: Answers<StaffMaps> = {
  people: 'theirs',
  joinings: 'theirs',
  access: 'theirs',
  invitations: (invitation, _, { account }) => {
    const { status, label } = invitation;
    const theirs = status.is === 'used' && status.account === account && label !== '';
    return theirs ? { ...invitation, label: '' } : invitation;
  },
  notices: (notice, _, { account, displays }) => {
    const { says } = notice;
    if (notice.for === account || says.account === account) return null;
    return 'by' in says && displays.has(says.by) ? { ...notice, says: { ...says, by: '' } } : notice;
  },
  hands: 'theirs',
  elsewhere: (entry, _, { account, displays }) => {
    if (entry.account === account) return null;
    return displays.has(entry.by) ? { ...entry, by: '' } : entry;
  },
  erasures: 'theirs',
  tablets: (tablet, _, { account }) =>
    tablet.teachers.includes(account)
      ? { ...tablet, teachers: tablet.teachers.filter((id) => id !== account) }
      : tablet,
  pages: withoutThem,
  moved: 'stays',
  visits: 'stays',
  comments: withoutTheirs,
  reactions: withoutTheirs
};

const directory: Answers<DirectoryMaps> = {
  public: 'theirs',
  private: 'theirs',
  spaces: 'theirs',
  erasures: 'theirs',
  erased: 'stays',
  // What a person calls their devices may be their own name; that one was revoked still counts.
  devices: (device, key, { devices }) => {
    const { name, ...facts } = device;
    return name !== undefined && devices.has(key as DeviceId) ? facts : device;
  },
  drafts: (draft, _, { account }) => (draft.account === account ? null : draft),
  foundings: 'stays',
  recoveries: (recovery, _, { account }) => (recovery.account === account ? null : recovery)
};

/**
 * Nobody is let into a page any more who is gone; whose it was stays under "former member". FA9: where somebody of their
 * name wrote in it before it was read in, they are one of the others. ON8: no page is called by them.
 */
function withoutThem(page: Page, key: string, gone: GoneHere): Page {
  const { account, called, shown } = gone;
  const editors = page.editors.filter(({ to }) => to.is !== 'member' || to.account !== account);
  const title = titleWithout(page, page.title, gone);
  const same = editors.length === page.editors.length && title === page.title;
  const given = same ? page : { ...page, title, editors };
  const digest = shown.get(key);
  const seen = given.published && digest ? { ...given, published: { ...given.published, digest } } : given;
  const from = page.from && withoutAuthors(page.from, called);
  return from && from !== page.from ? { ...seen, from } : seen;
}

/** ON8: what a page is called, or was, without the name behind it: whose page it was may have had a namesake. */
function titleWithout({ editors }: Page, title: string, { account, called, apart }: GoneHere): string {
  const theirs = editors.some(({ to }) => to.is === 'member' && to.account === account);
  const ends = theirs ? [...called] : [];
  const plain = theirs ? title.replace(/ \(\d+\)$/, '') : title;
  const cut = [title, plain].flatMap((one) =>
    [...ends, ...(apart ? [apart] : [])].flatMap((name) => {
      const end = ` · ${name}`;
      return one.endsWith(end) ? [one.slice(0, -end.length).trim()] : [];
    })
  );
  return cut.find((one) => one !== '') ?? title;
}

/** ON8: the titles under which visitors see pages, of which an erasure leaves another one. */
export function titlesWithout(
  state: SpaceState,
  gone: Gone,
  titles: ReadonlyMap<PageId, string>
): ReadonlyMap<PageId, string> {
  const here = goneHere(state, gone);
  const left = [...titles].flatMap(([id, title]): readonly [PageId, string][] => {
    const page = pageIn(state, id);
    const without = page ? titleWithout(page, title, here) : title;
    return without === title ? [] : [[id, without]];
  });
  return new Map(left);
}

/** CO9: of what they said of pages nothing stays. */
function withoutTheirs<Said extends Comment | Reaction>(
  said: Said,
  _: string,
  { account }: GoneHere
): Said | null {
  return said.by === account ? null : said;
}

/** ML5: why an adult said no to theirs was said of them; that it was removed stays. */
function withoutWhy(media: Media, _: string, { account }: Gone): Media {
  const { owner, removed } = media;
  if (owner !== account || removed?.why === undefined) return media;
  return { ...media, removed: { by: removed.by, on: removed.on } };
}

/**
 * ER5: what an erasure comes to in one TwinSpace.
 *
 * @param shown what visitors see from then on under other titles (`titlesWithout`), by its hash
 */
export function erasedInSpace(
  state: SpaceState,
  gone: Gone,
  shown: ReadonlyMap<PageId, FileHash> = new Map()
): readonly SpacePut[] {
  const { id: space } = state;
  const here = { ...goneHere(state, gone), shown };
  const open = changed(membersMaps, (map) => state.members[map], members, here);
  const closed = changed(staffMaps, (map) => state.staff[map], staff, here);
  // Each value is of its map: the answers are typed map by map.
  const left = [
    ...open.map((put) => ({ doc: 'members', space, ...put })),
    ...closed.map((put) => ({ doc: 'staff', space, ...put }))
  ] as SpacePut[];
  return [...left, ...pagesMoved(withPuts(state, left))];
}

function goneHere(state: SpaceState, gone: Gone): GoneHere {
  const display = state.members.members.get(gone.account)?.display;
  const called = display ? new Set([...gone.called, display]) : gone.called;
  return { ...gone, called, apart: namesIn(state).get(gone.account), shown: new Map() };
}

/** PA4: a draft that was open for the pupil who is gone stands with staff alone, with what others said of it (CO3). */
function pagesMoved(state: SpaceState): readonly SpacePut[] {
  const said = saidIn(state);
  return [...state.members.pages]
    .filter(([, page]) => !isOpen(state, page))
    .flatMap(([key, page]) => putPage(state, key as PageId, page, said))
    .flatMap((put) => (put.doc === 'directory' ? [] : [{ ...put, space: state.id }]));
}

/** ER5: what an erasure comes to in the directory: the day is all that is left. */
export function erasedInDirectory(known: KnownDirectory, gone: Gone): readonly DirectoryPut[] {
  const left = changed(directoryMaps, (map) => known.all(map), directory, {
    ...gone,
    shown: new Map()
  });
  const day: DirectoryPut = { doc: 'directory', map: 'erased', key: gone.account, value: gone.on };
  return [...left.map((put) => ({ doc: 'directory', ...put }) as DirectoryPut), day];
}

/** The records of which something is left out, with what stays of them. */
function changed<Maps>(
  maps: readonly (keyof Maps)[],
  recordsOf: <Map extends keyof Maps>(map: Map) => Iterable<readonly [string, Maps[Map]]>,
  answers: Answers<Maps>,
  gone: GoneHere
) {
  const one = <Map extends keyof Maps>(map: Map) => {
    const answer: Left<Maps[Map]> = answers[map];
    if (answer === 'stays') return [];
    return [...recordsOf(map)].flatMap(([key, before]) => {
      const theirs = key === gone.account ? null : before;
      const value = answer === 'theirs' ? theirs : answer(before, key, gone);
      return value === before ? [] : [{ map, key, value }];
    });
  };
  return maps.flatMap((map) => one(map));
}
