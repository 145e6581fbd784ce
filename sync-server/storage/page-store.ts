import type { AccountId, DeviceId, PageId, SpaceId } from '#lib/domain/ids.ts';

/** PG3: whose a clientID is in a page: nobody else writes under it. */
export interface PageWriter {
  readonly client: number;
  readonly actor: AccountId;
  readonly device: DeviceId;
}

/** A page, and the TwinSpace in which it is. */
export interface PageIn {
  readonly space: SpaceId;
  readonly page: PageId;
}

/** What is kept of pages beside their documents. */
export interface PageStore {
  /** In no order. */
  writers(space: SpaceId, page: PageId): Promise<readonly PageWriter[]>;
  /** PG8: something was written in the page that is not told yet. */
  move(space: SpaceId, page: PageId): Promise<void>;
  /** The pages of which that is so, in no order. */
  moved(): Promise<readonly PageIn[]>;
  /** It is told of these. */
  told(pages: readonly PageIn[]): Promise<void>;
  /** Somebody writes in the page for the first time. Rejects where the clientID is taken there. */
  write(space: SpaceId, page: PageId, writer: PageWriter): Promise<void>;
}
