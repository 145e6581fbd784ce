/** What somebody chose, took, drew or recorded, before anything was done to it. */
export interface ChosenMedia {
  readonly media: readonly Blob[];
  /** Of what was recorded just now. */
  readonly seconds?: number;
  /** It is a drawing: no pixel of it is altered. */
  readonly drawn?: true;
}
