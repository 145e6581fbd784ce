import type { InvitationId, SpaceId } from '#lib/domain/ids.ts';

/** What a link is for: to found a TwinSpace, or to come to one. */
export type LinkPurpose =
  | { readonly is: 'found'; readonly name: string }
  | { readonly is: 'accept'; readonly space: SpaceId; readonly invitation: InvitationId };
