import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { readTable } from '#lib/tables/read-table.ts';
import { writeTable } from '#lib/tables/write-table.ts';

/** Cells as people and machines fill them: every script, delimiters, quotation marks, formulas, apostrophes. */
const cell = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...[..."=+-@'\"';,\t\r\n aÁñŁΩйЖ字١🙂"]), maxLength: 12 })
  )
  // What no text has is refused as such; ends are trimmed; both have tests of their own.
  .map((text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffd\ufeff]|\p{Cs}/gu, '').trim());

const rows = fc.array(fc.tuple(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), cell, cell, cell), {
  minLength: 1,
  maxLength: 20
});

describe('tables', () => {
  test('[TA7, TA8] what was written is read back the same, with either delimiter', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(';' as const, ',' as const), (written, delimiter) => {
        const trimmed = written.map((row) => ['x', ...row.slice(1), `y${row[0].trim()}z`]);
        const read = readTable(writeTable(trimmed, delimiter));
        expect('unreadable' in read ? read : read.rows).toEqual(trimmed);
      }),
      { seed: 20261128, numRuns: 500 }
    );
  });

  test('[TA8] no cell that is written begins as a formula does', () => {
    fc.assert(
      fc.property(rows, (written) => {
        const text = new TextDecoder().decode(writeTable(written, ';'));
        // As any reader of RFC 4180 has it, nothing taken away.
        const { data } = Papa.parse<string[]>(text, { delimiter: ';' });
        expect(data.flat().filter((one) => /^[=+\-@\t\r\n＝＋－＠]/.test(one))).toEqual([]);
      }),
      { seed: 20261128, numRuns: 200 }
    );
  });

  test('[TA2, TA5] whatever the bytes are, there is an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        const read = readTable(bytes);
        expect('unreadable' in read ? read.unreadable : read.rows.length).toBeTruthy();
      }),
      { seed: 20261128, numRuns: 500 }
    );
  });
});
