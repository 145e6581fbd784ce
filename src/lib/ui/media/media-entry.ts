/** A picture, film or sound as the list of all of them shows it. */
export interface MediaEntry {
  readonly id: string;
  readonly is: 'picture' | 'film' | 'sound';
  /** What it takes of the room, in bytes. */
  readonly bytes: number;
  /** Calendar day (ISO 8601). */
  readonly on: string;
  readonly ownerName: string;
  readonly mine: boolean;
  /** What a page says that can be seen in it; empty where none says anything. */
  readonly alt: string;
  readonly waits: boolean;
  readonly arrived: boolean;
  readonly removed?: { readonly by: string; readonly daysLeft: number; readonly why?: string };
  /** Why this person cannot delete it, or bring it back. */
  readonly reason?: string | undefined;
  /** The pages in which it stands; undefined: that is not known yet. */
  readonly pages?: readonly { readonly title: string; readonly href: string }[] | undefined;
}
