import type { AccountId, DeviceId, PageId, SpaceId } from '#lib/domain/ids.ts';

/** PG3: whose a clientID is in a page: nobody else writes under it. */
export interface PageWriter {
  readonly client: number;
  readonly actor: AccountId;
  readonly device: DeviceId;
}

/** What is kept of pages beside their documents. */
export interface PageStore {
  /** In no order. */
  writers(space: SpaceId, page: PageId): Promise<readonly PageWriter[]>;
  /** Somebody writes in the page for the first time. Rejects where the clientID is taken there. */
  write(space: SpaceId, page: PageId, writer: PageWriter): Promise<void>;
}
