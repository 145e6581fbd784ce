import { describe, expect, test } from 'vitest';
import type { Draft } from '#lib/domain/records.ts';
import type { DraftRow, OutboxRow } from '#lib/store/database.ts';
import { agreed, draftName, isUnparked } from '#lib/store/drafts.ts';
import { superseded } from '#lib/store/superseded-drafts.ts';
import type { Change } from '#lib/domain/change.ts';
import type { SessionId } from '#lib/domain/ids.ts';
import { angel, changeId, giulia, keyOf, rios, today, uuid, mares } from '../support/cast.ts';
import { outboxRow } from '../support/outbox-row.ts';

const there = (text: string, account = angel.id): Draft => ({
  account,
  space: rios,
  place: 'profile',
  text,
  on: today
});
const here = (text: string, parked?: string): DraftRow => ({
  ...there(text),
  ...(parked === undefined ? {} : { parked })
});
const none: ReadonlySet<string> = new Set();
const let_ = new Set([angel.id]);

describe('drafts here and on the relay', () => {
  test('[LK4] what the relay does not have as it is waits to be handed to it', () => {
    expect(isUnparked(here('mi río'))).toBe(true);
    expect(isUnparked(here('mi río', 'mi'))).toBe(true);
    expect(isUnparked(here('mi río', 'mi río'))).toBe(false);
    expect(isUnparked(here('', 'mi río'))).toBe(true);
    expect(isUnparked(here(''))).toBe(false);
  });

  test('[DR1] a draft from another device comes, for whoever is let in', () => {
    const { put } = agreed([], let_, [there('del otro'), there('de otra', giulia.id)], none);
    expect(put).toEqual([{ ...there('del otro'), parked: 'del otro' }]);
  });

  test("[LK4] one that was changed here stays; one that was not takes the relay's", () => {
    expect(agreed([here('aquí', 'antes')], let_, [there('allí')], none)).toEqual({ put: [], gone: [] });
    const { put } = agreed([here('antes', 'antes')], let_, [there('allí')], none);
    expect(put).toEqual([{ ...there('allí'), parked: 'allí' }]);
  });

  test('[LK4] a report that does not know yet what is on its way changes nothing', () => {
    const onTheirWay = new Set([draftName(here(''))]);
    expect(agreed([here('nuevo', 'nuevo')], let_, [there('viejo')], onTheirWay)).toEqual({
      put: [],
      gone: []
    });
    expect(agreed([here('nuevo', 'nuevo')], let_, [], onTheirWay)).toEqual({ put: [], gone: [] });
    expect(agreed([], let_, [there('viejo')], onTheirWay)).toEqual({ put: [], gone: [] });
  });

  test('[DR1] what was taken away elsewhere, or is of somebody who is out, goes unless it is only here', () => {
    expect(agreed([here('dicho', 'dicho')], let_, [], none).gone).toHaveLength(1);
    expect(agreed([here('dicho', 'dicho')], new Set(), [there('dicho')], none).gone).toHaveLength(1);
    expect(agreed([here('solo aquí')], new Set(), [], none).gone).toEqual([]);
  });
});

/** A text that was begun, signed and waits. */
function kept(seq: number, text: string, changed: Partial<Change<'draft.keep'>> = {}): OutboxRow {
  const change: Change<'draft.keep'> = {
    id: changeId(`draft ${seq}`),
    space: rios,
    device: angel.device.id,
    actor: angel.id,
    session: uuid(`session ${seq}`) as SessionId,
    key: keyOf(angel),
    name: 'draft.keep',
    args: { place: 'profile', text },
    after: [],
    at: today,
    ...changed
  };
  return { ...outboxRow(seq, change), onlyHere: true };
}

describe('a draft that waits and the next one', () => {
  const next = kept(9, 'mi río es largo');

  test('[DR3] one that never left this device gives way to the next, whichever turn it is of', () => {
    expect(superseded([kept(1, 'mi'), kept(2, 'mi río')], [next])).toEqual([1, 2]);
    expect(superseded([kept(1, 'mi río')], [kept(9, '')])).toEqual([1]);
  });

  test('[DR3] one that may have been sent or saved in a file stays, and so does one of which that is not known', () => {
    const { onlyHere: _, ...older } = kept(1, 'mi');
    expect(superseded([older, { ...older, onlyHere: false }], [next])).toEqual([]);
    const seen: OutboxRow['state'][] = [
      { is: 'retry', code: 'busy' },
      { is: 'accepted', version: 7 }
    ];
    expect(
      superseded(
        seen.map((state) => ({ ...kept(1, 'mi'), state })),
        [next]
      )
    ).toEqual([]);
  });

  test("[DR3] another author's, another TwinSpace's, another key's and any other change stay", () => {
    const others = [
      kept(1, 'mi', { actor: giulia.id }),
      kept(2, 'mi', { space: mares }),
      kept(3, 'mi', { key: keyOf(angel, 2) }),
      { ...kept(4, 'mi'), name: 'member.profile' as const },
      { ...kept(5, 'mi'), signed: { ...kept(5, 'mi').signed, payload: '%' } },
      { ...kept(6, 'mi'), signed: { ...kept(6, 'mi').signed, header: '{' } }
    ];
    expect(superseded(others, [next])).toEqual([]);
  });

  test('[DR3] one that another change needs first stays', () => {
    const first = kept(1, 'mi');
    expect(superseded([first, kept(2, 'otra', { actor: giulia.id, after: [first.id] })], [next])).toEqual([]);
    expect(superseded([first], [kept(9, 'mi río', { after: [first.id] })])).toEqual([]);
  });
});
