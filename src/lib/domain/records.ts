import type { CalendarDate } from './dates.ts';
import type { AccountId, BlockId, ChangeId, FileHash, GroupId, PageId, SecretHash, SpaceId } from './ids.ts';
import type { PageOrigin } from './page-origin.ts';

/** A class or a team inside a TwinSpace (GR1). Who is in it stands with each member. */
export interface Group {
  readonly name: string;
  readonly kind: 'class' | 'team';
  readonly owner: AccountId;
}

/** PA5: whom a page is given to, to write in it. */
export type Grantee =
  | { readonly is: 'member'; readonly account: AccountId }
  | { readonly is: 'group'; readonly group: GroupId }
  | { readonly is: 'pupils' }
  | { readonly is: 'pupil-admins' };

/** PA5: a page that somebody was given. */
export interface Grant {
  readonly to: Grantee;
  readonly by: AccountId;
  readonly on: CalendarDate;
  /** PA11: the moment at which the typing ends, milliseconds since 1970; absent: when it is taken back. */
  readonly until?: number;
}

/** PA1: a page, beside its text, which stands in a document of its own. */
export interface Page {
  readonly title: string;
  /** Under which page it stands; absent: at the top. */
  readonly parent?: PageId;
  /** Where it stands among those beside it (PA2). */
  readonly order: string;
  readonly owner: AccountId;
  readonly on: CalendarDate;
  /** Only for whoever may write in it, and for staff (PA4); absent: everybody here sees it. */
  readonly draft?: true;
  /** Who may write in it beside its owner and administrators. */
  readonly editors: readonly Grant[];
  /** PA10: since when, and by whom, it is frozen. */
  readonly frozen?: { readonly by: AccountId; readonly on: CalendarDate };
  /** PU1: what visitors see of it: since when, by whom, and which content (`published/content.ts`). */
  readonly published?: Published;
  /** HI1: since when, and by whom, it is handed in. */
  readonly handedIn?: { readonly by: AccountId; readonly on: CalendarDate };
  /** HI2: since when it is given back; absent also where whoever handed it in took it back. */
  readonly givenBack?: CalendarDate;
  /** PA13: the change by which its history was last forgotten. */
  readonly forgotten?: { readonly by: AccountId; readonly on: CalendarDate; readonly change: ChangeId };
  /** FA9: from which archive it was read in; absent where it was made here. */
  readonly from?: PageOrigin;
  /** PA7: since when it is in the trash, and with which page it came there. */
  readonly trashed?: { readonly by: AccountId; readonly on: CalendarDate; readonly with: PageId };
}

/** CO2: the paragraph that a comment is about, and its words as whoever commented saw them. */
export interface Passage {
  readonly block: BlockId;
  readonly quote: string;
}

/** CO1: what somebody says of a page; it stands beside the page's record and never in its text. */
export interface Comment {
  readonly page: PageId;
  readonly by: AccountId;
  readonly on: CalendarDate;
  /** Where it stands among those of its page: in the order in which they came. */
  readonly place: number;
  /** Empty where it waits for a yes and its words are not for whoever reads this (CO5). */
  readonly text: string;
  /** Absent: about the page as a whole. */
  readonly about?: Passage;
  /** The day on which its words were last changed. */
  readonly edited?: CalendarDate;
  /** CO5: nobody but its author and staff sees it yet. */
  readonly waiting?: true;
  /** CO4: since when it is taken away, and by whom. */
  readonly removed?: { readonly by: AccountId; readonly on: CalendarDate };
}

/** CO6: with what somebody may react, instead of words. */
export const reactionKinds = ['love', 'bravo', 'learned', 'idea', 'smile', 'thanks'] as const;
export type ReactionKind = (typeof reactionKinds)[number];

/** CO6: what one member says so of a page, or of one paragraph in it. */
export interface Reaction {
  readonly page: PageId;
  readonly by: AccountId;
  readonly kind: ReactionKind;
  readonly block?: BlockId;
}

/** PU1: a page as visitors see it, until the next time somebody publishes it. */
export interface Published {
  readonly by: AccountId;
  readonly on: CalendarDate;
  /** The content that was looked at and published, by its hash. */
  readonly digest: FileHash;
}

/** PU5: which pages a link shows: whatever is published, or these of them. */
export type VisitPages = readonly PageId[] | 'all';

/** PU5: a link with which somebody without an account sees what is published. */
export interface Visit {
  /** For whom it is, in the words of whoever made it. */
  readonly label: string;
  readonly by: AccountId;
  readonly on: CalendarDate;
  readonly secretHash: SecretHash;
  /** The last day on which it opens. */
  readonly expires: CalendarDate;
  readonly pages: VisitPages;
  readonly revoked?: { readonly by: AccountId; readonly on: CalendarDate };
}

/** How media are stored (MD1): JPEG, PNG, WebP, GIF; films and sounds as MP4 with its kin, or as WebM. */
export const mediaKinds = ['jpeg', 'png', 'webp', 'gif', 'mp4', 'webm'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** Bytes that are stored beside the records. */
export interface MediaFile {
  readonly kind: MediaKind;
  readonly hash: FileHash;
  readonly bytes: number;
}

/** A picture that does not move and shows a page what is to come. */
export interface Preview extends MediaFile {
  readonly kind: PreviewKind;
}
export const previewKinds = ['jpeg', 'png', 'webp'] as const satisfies MediaKind[];
export type PreviewKind = (typeof previewKinds)[number];

/** ML1: a picture, a film or a sound: what was announced of it. No name, and no time. */
export interface Media extends MediaFile {
  readonly owner: AccountId;
  readonly on: CalendarDate;
  /** In pixels, upright; zero where there is only sound. */
  readonly width: number;
  readonly height: number;
  /** Of what moves or sounds; whole, rounded up. */
  readonly seconds?: number;
  /** A small picture of it. */
  readonly preview?: Preview;
  /** For which page it was added: whoever may write in that one may tidy it away (PE27). */
  readonly page?: PageId;
  /** ML4: nobody but its owner and staff sees it yet. */
  readonly waiting?: true;
  /** ML3: since when it is in the trash; ML5: why an adult said no to it. */
  readonly removed?: { readonly by: AccountId; readonly on: CalendarDate; readonly why?: string };
  /** MR8: which of its bytes the relay has, as the relay alone says; absent: none of them. */
  readonly here?: HereParts;
}

/** MR8: the parts of media that can be fetched. */
export interface HereParts {
  readonly file?: true;
  readonly preview?: true;
}

/** JO4: what the home of a pupil knows of a membership elsewhere. */
export interface Elsewhere {
  readonly account: AccountId;
  readonly space: SpaceId;
  /** The other TwinSpace's name when it was joined. */
  readonly name: string;
  readonly status: 'waiting' | 'active';
  /** Under which name the one who added the pupil stands there. */
  readonly by: string;
  readonly on: CalendarDate;
}

/** ER2: an account that will be erased, unless somebody calls it off in time. */
export interface Erasure {
  readonly by: AccountId;
  readonly on: CalendarDate;
  /** The first day on which it is done. */
  readonly due: CalendarDate;
}

/** TB5: whom a classroom tablet lets in: pupils of these groups, or all whose home is its TwinSpace. */
export type TabletGroups = readonly GroupId[] | 'all';

/** A classroom tablet as its TwinSpace's staff know it (TB4). */
export interface Tablet {
  readonly name: string;
  /** Who let it in. */
  readonly by: AccountId;
  readonly on: CalendarDate;
  readonly groups: TabletGroups;
  /** Whose classroom passwords open there. */
  readonly teachers: readonly AccountId[];
  /** TB7: its cookie and what it signs count no more. */
  readonly revoked?: { readonly by: AccountId; readonly on: CalendarDate };
}

/** TB8: what the owner of a personal device has said of it. */
export interface DeviceFacts {
  readonly name?: string;
  /** Pupils in the owner's custody sign in there, too. */
  readonly pupils?: true;
  readonly revoked?: CalendarDate;
}

/** DR1: a text that somebody has begun and not yet handed in; told to nobody else. */
export interface Draft {
  readonly account: AccountId;
  readonly space: SpaceId;
  readonly place: DraftPlace;
  readonly text: string;
  readonly on: CalendarDate;
}

/** Where drafts are written. */
export const draftPlaces = ['profile'] as const;
export type DraftPlace = (typeof draftPlaces)[number];
