import type { Note } from '#lib/domain/commands/command.ts';
import type { ChangeId } from '#lib/domain/ids.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';

/** Why a change should be sent again later, as it is. */
export type RetryCode = 'relay-behind' | 'prerequisite-unknown' | 'busy' | 'too-much-today';

/** The relay's final word on one change, or that it cannot say yet. */
export type Verdict = { readonly id: ChangeId } & (
  | {
      readonly is: 'accepted';
      /** The TwinSpace's counter after this change; documents with at least this `version` contain it. */
      readonly version: number;
      readonly notes: readonly Note[];
    }
  | {
      readonly is: 'refused';
      readonly code: RefusalCode;
      readonly detail?: Readonly<Record<string, string>>;
    }
  | { readonly is: 'retry'; readonly code: RetryCode }
  | { readonly is: 'update-app' }
);
