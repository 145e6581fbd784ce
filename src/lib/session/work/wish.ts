import type { Behalf } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CredentialRow, DraftRow } from '#lib/store/database.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import type { PageText } from './page-text.ts';

/** The sealed half of a new key, beside the command that brings it. */
export interface Brought {
  /** The exact JSON text of the credential. */
  readonly text: string;
  /** What opens it on this device. */
  readonly row?: CredentialRow;
}

/** A command that somebody wants done, with its arguments and the key that it brings, if it brings one. */
export type Wish = {
  [Name in CommandName]: {
    readonly name: Name;
    readonly args: CommandArgs[Name];
    readonly brought?: Brought | undefined;
    /** The draft as it is stored when this is on its way (LK4). */
    readonly draft?: DraftRow | undefined;
    /** MT1: the files that it announces. */
    readonly files?: readonly MediaFileRow[] | undefined;
    /** ON2: the text with which a page begins that it makes. */
    readonly text?: PageText | undefined;
    /** Whose change it takes over (AD2). */
    readonly behalf?: Behalf | undefined;
  };
}[CommandName];
