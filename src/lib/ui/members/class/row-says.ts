import { m } from '#lib/paraglide/messages.js';
import type { RowAsk } from '#lib/tables/listed-person.ts';
import { problemWords } from '#lib/ui/problem-words.ts';
import { refusalWords } from '#lib/ui/refusal-words.ts';
import type { PlannedRow } from './plan-rows.ts';

/** What a row says of itself, and how it looks. */
export interface RowSays {
  readonly kind: 'ready' | 'added' | 'mend' | 'still';
  readonly words: string;
  /** Why the username has the number that it has. */
  readonly hint?: string;
}

/** What will become of a row, became of it, or stands in its way: the first thing to be dealt with. */
export function rowSays({ row, status, problems, clash, known }: PlannedRow): RowSays {
  switch (status) {
    case 'ready':
      return {
        kind: 'ready',
        words: m.class_row_ready(),
        ...(clash ? { hint: clash === 'list' ? m.class_clash_list() : m.class_clash_space() } : {})
      };
    case 'added':
      return { kind: 'added', words: m.class_row_added() };
    case 'failed':
      return { kind: 'mend', words: row.fate?.is === 'failed' ? problemWords(row.fate.problem) : '' };
    case 'mend': {
      const [first] = [...problems.given, ...problems.family, ...problems.display];
      // The two repairs stand beside it.
      if (first?.refused === 'name-space') return { kind: 'mend', words: m.class_row_spaces() };
      return { kind: 'mend', words: first ? refusalWords(first) : '' };
    }
    case 'here':
      return {
        kind: 'still',
        words: known ? m.class_row_is_here({ name: known.display }) : m.class_row_here()
      };
    case 'removed':
      return { kind: 'still', words: m.class_row_removed() };
    case 'elsewhere':
      return { kind: 'still', words: m.class_row_elsewhere() };
    case 'no-pupil':
      return { kind: 'mend', words: m.class_row_no_pupil({ role: row.listed.role }) };
    case 'twice':
      return { kind: 'mend', words: m.class_row_twice() };
    case 'again':
      return { kind: 'mend', words: m.class_row_again() };
    case 'ask':
      return { kind: 'mend', words: row.ask ? askWords(row.ask) : '' };
    default:
      return status satisfies never;
  }
}

/** What has to be said of a row; the answers stand beside it. */
function askWords(ask: RowAsk): string {
  switch (ask.is) {
    case 'list':
      return m.class_ask_list();
    case 'no-name':
      return m.class_ask_no_name();
    case 'several':
      return m.class_ask_several({ count: ask.names.length });
    case 'order':
      return ask.over === '' ? m.class_ask_order() : m.class_ask_over({ over: ask.over });
    default:
      return ask satisfies never;
  }
}
