import romanise from 'any-ascii';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { isDisplay, nameProblems } from '#lib/domain/names.ts';
import { isUsername, nameKey, usernameBase } from '#lib/domain/usernames.ts';
import { readDelimited, readTable } from '#lib/tables/read-table.ts';
import { readList } from '#lib/tables/reading.ts';
import { delimiterOf, writeTable } from '#lib/tables/write-table.ts';
import { asInitials, draftRow, repaired } from '#lib/ui/members/class/draft-row.ts';
import type { UsernamePlan } from '#lib/session/space/username-plan.ts';
import { planRows } from '#lib/ui/members/class/plan-rows.ts';
import { exportedRows, type Exported } from '#lib/ui/members/export/exported.ts';
import { names } from '../support/class-names.ts';
import { exportWords } from '../support/export-words.ts';

const base: UsernamePlan['base'] = (given, family) => usernameBase(given, family, romanise);
/** Where nobody is known. */
const empty: UsernamePlan = { base, holder: () => undefined, member: () => undefined, namesakes: () => [] };

const letters = {
  spanish: 'aábcdeéfghiíjklmnñoópqrstuúüvwxyz',
  polish: 'aąbcćdeęfghijklłmnńoóprsśtuwyzźż',
  greek: 'αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ',
  turkish: 'abcçdefgğhıiİjklmnoöprsştuüvyz',
  cyrillic: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ',
  georgian: 'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
  arabic: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  chinese: '王李張劉陳楊黃趙吳周'
} as const;

/** A name of one script, perhaps of two words. */
const name = fc.constantFrom(...Object.values(letters)).chain((script) => {
  const word = fc.string({ unit: fc.constantFrom(...script), minLength: 1, maxLength: 9 });
  return fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(' '));
});

const plainName = name.map((text) => text.replace(/\s/g, '-'));

const pupil = fc
  .record({
    given: plainName,
    family: plainName,
    display: fc.option(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => text.trim())
    ),
    role: fc.constantFrom('pupil' as const, 'pupil-admin' as const),
    school: fc.constantFrom('', 'CEIP Duero', '=cmd()', 'Liceo "Reno"; A, B'),
    joined: fc.constantFrom('2026-09-01' as CalendarDate, '2026-11-25' as CalendarDate),
    lastAccess: fc.option(fc.constant('2026-11-24' as CalendarDate), { nil: undefined })
  })
  .filter(({ given, family, display }) => {
    const right = nameProblems(given).length === 0 && nameProblems(family).length === 0;
    return right && base(given, family) !== undefined && (display === null || isDisplay(display));
  });

/** A class as the relay has it: every username once. */
const members = fc.array(pupil, { minLength: 1, maxLength: 25 }).map((pupils) => {
  const numbers = new Map<string, number>();
  return pupils.map(({ display, lastAccess, ...of }): Exported => {
    const stem = base(of.given, of.family) ?? '';
    const number = (numbers.get(stem) ?? 0) + 1;
    numbers.set(stem, number);
    return {
      ...of,
      display: display ?? `${of.given} ${of.family}`,
      username: `${stem}.${number}`,
      groups: [],
      ...(lastAccess ? { lastAccess } : {})
    };
  });
});

describe('a class', () => {
  test('[CL5, TA7, EX2] importing what was exported changes nothing, in either language', () => {
    fc.assert(
      fc.property(members, fc.constantFrom('es' as const, 'en' as const), (exported, language) => {
        const bytes = writeTable(exportedRows(exported, exportWords(language)), delimiterOf(language));
        const table = readTable(bytes);
        if ('unreadable' in table) throw new Error(table.unreadable);
        const people = readList(table).people;
        const known = new Set(exported.map(({ username = '' }) => nameKey(username)));
        const holder: UsernamePlan['holder'] = (username) =>
          known.has(nameKey(username)) ? 'here' : undefined;
        const planned = planRows(
          people.map((person) => draftRow(person, 'tigre7luna3')),
          { ...empty, holder }
        );
        expect(planned.length).toBe(exported.length);
        expect(planned.filter(({ status }) => status !== 'here')).toEqual([]);
        // And elsewhere, where nobody is known, the same pupils come of it.
        const fresh = planRows(
          people.map((person) => draftRow(person, 'tigre7luna3')),
          empty
        );
        const told = ({ given, family, display, username, role }: Exported): unknown => [
          ...[given, family, display, username, role]
        ];
        const made = fresh.map(({ row, display, username }) =>
          told({ ...row, role: row.role ?? 'pupil', display, username: username ?? '', groups: [] })
        );
        expect(made.toSorted()).toEqual(exported.map(told).toSorted());
      }),
      { seed: 20261128, numRuns: 150 }
    );
  });

  test('[CL2, CL3, CL4, UN1, UN2, UN3] names of any script: joined, hyphenated or as initials, each gets a username of its own', () => {
    const people = fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(people, fc.constantFrom('joined', 'hyphenated', 'initials'), (list, how) => {
        const text = ['Nombre\tApellidos', ...list.map((pair) => pair.join('\t'))].join('\n');
        const table = readDelimited(text);
        if ('unreadable' in table) throw new Error(table.unreadable);
        const rows = readList(table)
          .people.map((person) => draftRow(person, 'tigre7luna3'))
          .map((row) => {
            if (how === 'initials') return asInitials(row);
            return repaired(row, how === 'joined' ? 'joined' : 'hyphenated');
          });
        const planned = planRows(rows, empty);
        expect(planned.length).toBe(list.length);
        const usernames = planned.flatMap(({ status, username }) =>
          status === 'ready' ? [username ?? ''] : []
        );
        expect(usernames.every(isUsername)).toBe(true);
        expect(new Set(usernames.map(nameKey)).size).toBe(usernames.length);
        // What cannot be made says why.
        const silent = planned.filter(
          ({ status, problems }) => status === 'mend' && Object.values(problems).flat().length === 0
        );
        expect(silent).toEqual([]);
      }),
      { seed: 20261128, numRuns: 150 }
    );
  });

  test('[CL3] after *use initials* no three letters of a real name are in anything that is made of a row', () => {
    const listed = fc.constantFrom('', 'username', 'display', 'both');
    const people = fc.array(fc.tuple(fc.constantFrom(...names), listed), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(people, (list) => {
        const rows = list.map(([[given, family], says], at) => {
          const username = says === 'username' || says === 'both' ? `${base(given, family)}.${at + 1}` : '';
          const display = says === 'display' || says === 'both' ? `${given} ${family}` : '';
          const role = { says: '', is: 'pupil' } as const;
          const place = { line: at + 2, row: at + 1, part: 0 };
          const person = { ...place, given, family, username, password: '', display, role, group: '' };
          return asInitials(draftRow(person, 'tigre7luna3'));
        });
        const plans = planRows(rows, empty);
        for (const [at, { row, display, username = '' }] of plans.entries()) {
          const [real] = list[at] ?? [['', '']];
          const made = [row.given, row.family, display, username].map(plain);
          for (const run of runsOf(real)) expect(made.filter((text) => text.includes(run))).toEqual([]);
        }
      }),
      { seed: 20261128 }
    );
  });
});

/** The letters of a text, small and without marks, whatever stood between them. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
}

/** Every three letters of a name that stand together. */
function runsOf(real: readonly string[]): readonly string[] {
  return real.flatMap((name) => {
    const letters = plain(name);
    return Array.from({ length: Math.max(0, letters.length - 2) }, (_, at) => letters.slice(at, at + 3));
  });
}
