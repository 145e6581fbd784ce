import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as v from 'valibot';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Cursor, PresenceState } from '#lib/protocol/presence.ts';
import { pageRoot } from '#lib/yjs/page-schema.ts';

/** RM20: characters of the JSON of one presence; a caret and a selection take some two hundred. */
const mostBytes = 1024;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.strictObject({ client: whole, clock: whole });
const place = v.strictObject({
  type: v.nullish(id),
  tname: v.nullish(v.literal(pageRoot)),
  item: v.nullish(id),
  assoc: v.nullish(v.picklist([-1, 0]))
});
const cursor = v.strictObject({ anchor: place, head: place });

/** What a follower says of whoever writes with it. */
export interface SaidPresence {
  readonly client: number;
  /** Rises with whatever is said under this clientID. */
  readonly clock: number;
  /** `gone`: nobody writes under it any more; `null`: somebody does, and has no caret in the text. */
  readonly cursor: Cursor | null | 'gone';
}

/** What the relay tells of somebody who writes: whose the clientID is it knows by itself. */
export interface ToldPresence extends SaidPresence {
  readonly account: AccountId;
}

/**
 * RM19: reads what a follower says in an awareness update (y-protocols). Only where, and of one clientID: whatever else
 * stands in it counts for nothing.
 *
 * @returns undefined where it is about nobody, about several (the stock provider repeats what it was told), or not in form
 */
export function readPresence(update: Uint8Array): SaidPresence | undefined {
  try {
    const decoder = decoding.createDecoder(update);
    if (decoding.readVarUint(decoder) !== 1) return undefined;
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const json = decoding.readVarString(decoder);
    if (decoding.hasContent(decoder) || json.length > mostBytes) return undefined;
    const state: unknown = JSON.parse(json);
    if (state === null) return { client, clock, cursor: 'gone' };
    const said = v.parse(v.looseObject({ cursor: v.nullish(cursor) }), state);
    return { client, clock, cursor: said.cursor ?? null };
  } catch {
    return undefined;
  }
}

/** An awareness update that tells these. */
export function tellPresence(told: readonly ToldPresence[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, told.length);
    for (const { client, clock, account, cursor } of told) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      const state: PresenceState | null = cursor === 'gone' ? null : { user: { account }, cursor };
      encoding.writeVarString(encoder, JSON.stringify(state));
    }
  });
}
