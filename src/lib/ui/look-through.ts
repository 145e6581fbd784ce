import type { Result } from '#lib/session/device/result.ts';

/** Something of a pupil's that an adult has yet to look at. */
export interface Waiting {
  readonly id: string;
  /** It waits still: nobody has answered elsewhere. */
  readonly open: boolean;
  readonly owner: { readonly id: string; readonly name: string };
}

/** For whoever answers what is shown in another way than *yes*. */
export interface Answers {
  /** Something is being answered. */
  readonly busy: boolean;
  answer(how: () => Promise<Result<unknown>>): void;
}
