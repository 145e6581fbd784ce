import * as v from 'valibot';
import { logKinds } from '#lib/domain/facts.ts';
import { accountId, calendarDate } from './schemas.ts';

/** What the activity log can be narrowed to: what a command is about, or whatever was refused. */
export const activityFilters = [...logKinds, 'refused'] as const;
export type ActivityFilter = (typeof activityFilters)[number];

/** Entries in one answer, at most. */
export const activityPage = 100;

/** GET /api/spaces/:space/activity, the part after the question mark. */
export const activityQuery = v.strictObject({
  /** The `seq` of the last entry of the page before. */
  before: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number))),
  /** Only what this account did, or what was done to it. */
  account: v.optional(accountId),
  kind: v.optional(v.picklist(activityFilters))
});

const activityDetail = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.pipe(v.array(v.string()), v.readonly())])
);

/** One entry. A command or a code that this app does not know is still shown. */
export const activityEntry = v.object({
  /** The order of the relay, ascending. */
  seq: v.number(),
  on: calendarDate,
  actor: accountId,
  name: v.string(),
  /** The account, invitation or group that it is about. */
  about: v.optional(v.string()),
  detail: activityDetail,
  /** The code of the refusal; absent when it was accepted. */
  refused: v.optional(v.string()),
  /** LO10: so many refusals of this kind on that day; absent: one. */
  count: v.optional(v.number())
});
export type ActivityEntry = v.InferOutput<typeof activityEntry>;

export const activityAnswer = v.object({
  /** Newest first. */
  entries: v.array(activityEntry),
  /** There are older ones. */
  more: v.boolean()
});
export type ActivityAnswer = v.InferOutput<typeof activityAnswer>;
