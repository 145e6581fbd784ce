import * as v from 'valibot';
import { readAnswer } from './read-answer.ts';
import { calendarDate, visitId } from './schemas.ts';

/** VS8: how often links for visitors were opened; those that nobody has opened are missing. */
export const visitsAnswer = v.object({
  visits: v.array(
    v.object({ visit: visitId, times: v.pipe(v.number(), v.integer(), v.minValue(1)), last: calendarDate })
  )
});
export type VisitsAnswer = v.InferOutput<typeof visitsAnswer>;

/** VS8: what visitors see of a page: parts of `../yjs/page-tree.ts`, as the relay has read them. */
export const publishedAnswer = v.object({
  on: calendarDate,
  title: v.string(),
  parts: v.array(v.unknown())
});
export type PublishedAnswer = v.InferOutput<typeof publishedAnswer>;

/** How often links were opened; undefined where it is no such answer. */
export function readVisits(bytes: Uint8Array): VisitsAnswer['visits'] | undefined {
  return readAnswer(bytes, visitsAnswer)?.visits;
}

/** What visitors see of a page; undefined where it is no such answer. */
export function readPublished(bytes: Uint8Array): PublishedAnswer | undefined {
  return readAnswer(bytes, publishedAnswer);
}
