import { describe, expect, test } from 'vitest';
import type { Draft } from '#lib/domain/records.ts';
import type { DraftRow } from '#lib/store/database.ts';
import { agreed, draftName, isUnparked } from '#lib/store/drafts.ts';
import { angel, giulia, rios, today } from '../support/cast.ts';

const there = (text: string, account = angel.id): Draft => ({
  ...{ account, space: rios, place: 'profile', text, on: today }
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
