import type { GroupId } from '#lib/domain/ids.ts';
import type { PictureName } from '#lib/domain/pictures.ts';

/** A pupil as the form makes one. */
export interface NewPupil {
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly username: string;
  readonly password: string;
  readonly role: 'pupil' | 'pupil-admin';
  readonly school?: string;
  readonly groups?: readonly GroupId[];
  /** KE11: they open on classroom tablets, beside the password. */
  readonly pictures?: readonly PictureName[];
}
