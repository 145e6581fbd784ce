import * as v from 'valibot';
import { readAnswer } from './read-answer.ts';
import { accountId, calendarDate, clientId } from './schemas.ts';

/** GET /api/spaces/:space/pages/:page/versions, newest first. */
export const versionsAnswer = v.object({
  versions: v.pipe(
    v.array(
      v.object({
        /** Its name in the address under which it is given. */
        version: v.number(),
        /** PG10: it stood so before this person's first edit of that day. */
        on: calendarDate,
        before: accountId
      })
    ),
    v.readonly()
  )
});
export type VersionsAnswer = v.InferOutput<typeof versionsAnswer>;

/** PG13: edits in one answer, at most: a class that writes for an afternoon. */
export const mostEdits = 5_000;

/** GET /api/spaces/:space/pages/:page/versions/:version/since: what was accepted after it, in order (PG13). */
export const sinceAnswer = v.object({
  edits: v.pipe(
    v.array(
      v.object({
        account: accountId,
        /** A Yjs update of the page, base64url; empty where it is gone. */
        update: v.string()
      })
    ),
    v.readonly()
  ),
  /** There are more than are told. */
  more: v.boolean()
});
export type SinceAnswer = v.InferOutput<typeof sinceAnswer>;

/** GET /api/spaces/:space/pages/:page/writers: whose the clientIDs in the page are (PG11). */
export const writersAnswer = v.object({
  writers: v.pipe(v.array(v.object({ client: clientId, account: accountId })), v.readonly())
});
export type WritersAnswer = v.InferOutput<typeof writersAnswer>;

/** The versions in an answer; undefined where it is none. */
export function readVersions(bytes: Uint8Array): VersionsAnswer['versions'] | undefined {
  return readAnswer(bytes, versionsAnswer)?.versions;
}

/** What was accepted since a version; undefined where it is no such answer. */
export function readSince(bytes: Uint8Array): SinceAnswer | undefined {
  return readAnswer(bytes, sinceAnswer);
}

/** Whose the clientIDs of a page are; undefined where it is no such answer. */
export function readWriters(bytes: Uint8Array): WritersAnswer['writers'] | undefined {
  return readAnswer(bytes, writersAnswer)?.writers;
}
