import type { AccountId } from '#lib/domain/ids.ts';

/** A place in a page: Yjs's relative position, as JSON. */
export interface Place {
  readonly type?: { readonly client: number; readonly clock: number } | null | undefined;
  readonly tname?: string | null | undefined;
  readonly item?: { readonly client: number; readonly clock: number } | null | undefined;
  readonly assoc?: number | null | undefined;
}

/** Where somebody's caret stands (`head`), and from where their selection reaches. */
export interface Cursor {
  readonly anchor: Place;
  readonly head: Place;
}

/** RM19: what the relay tells of somebody who writes in a page; `user` is y-prosemirror's name for whose a cursor is. */
export interface PresenceState {
  readonly user: { readonly account: AccountId };
  /** `null` where the caret is not in the text. */
  readonly cursor: Cursor | null;
}
