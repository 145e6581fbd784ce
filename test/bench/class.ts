import romanise from 'any-ascii';
import type { Browser } from '@playwright/test';
import bcrypt from 'bcryptjs';
import { sealCost } from '#lib/crypto/sealed-key.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { usernameBase } from '#lib/domain/usernames.ts';
import { readDelimited } from '#lib/tables/read-table.ts';
import { readList } from '#lib/tables/reading.ts';
import { writeTable } from '#lib/tables/write-table.ts';
import { matching } from '#lib/ui/members/arrange.ts';
import { draftRow, repaired } from '#lib/ui/members/class/draft-row.ts';
import { planRows } from '#lib/ui/members/class/plan-rows.ts';
import { exportedRows } from '#lib/ui/members/export/exported.ts';
import type { MemberRow } from '#lib/session/space/member-row.ts';
import { names } from '../support/class-names.ts';
import { exportWords } from '../support/export-words.ts';
import { launch, signIn } from './browser.ts';
import { FilledRelay } from './filled-relay.ts';
import { ms, perRun, type Measured } from './measure.ts';

const budget = { preview: 100, filter: 50, export: 200, import: 60_000 } as const;

/** So many pupils at least are added in the browser with bcrypt; it costs each of them the same. */
const withBcrypt = 64;

/** A class at once: reading, planning and adding 1 000 rows; filtering and exporting 2 000 members. */
export async function classes(): Promise<readonly Measured[]> {
  const list = listOf(1_000);
  const preview = perRun(() => plan(list), 1);
  const members = Array.from({ length: 2_000 }, (_, at) => member(at));
  const words = exportWords('es');
  // Each search another, as they are typed; the folded texts are kept, as on the screen.
  let turn = 0;
  const searches = ['a', 'an', 'ang', 'papad', 'puig', 'zz'];
  const filter = perRun(() => matching(members, { search: searches[turn++ % 6] ?? '', role: 'pupil' }), 1);
  const exported = perRun(() => writeTable(exportedRows(members, words), ';'), 1);
  const salt = bcrypt.genSaltSync(sealCost);
  const hash = perRun(() => bcrypt.hashSync('x'.repeat(44), salt), 1);
  const chrome = await launch();
  const measured: Measured[] = [
    {
      what: 'a pasted list of 1000 rows: read, repaired, planned',
      value: ms(preview),
      expected: { text: `≤ ${budget.preview} ms`, holds: preview <= budget.preview }
    },
    ...(await adding(chrome, hash)),
    {
      what: 'filtering 2000 members',
      value: ms(filter),
      expected: { text: `≤ ${budget.filter} ms`, holds: filter <= budget.filter }
    },
    {
      what: 'export of 2000 members',
      value: ms(exported),
      expected: { text: `≤ ${budget.export} ms`, holds: exported <= budget.export }
    }
  ];
  await chrome.close();
  return measured;
}

function listOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => (names[at % names.length] ?? []).join('\t'));
  return ['Nombre\tApellidos', ...lines].join('\n');
}

function plan(list: string): void {
  const table = readDelimited(list);
  if ('unreadable' in table) throw new Error(table.unreadable);
  const rows = readList(table).people.map((person) => repaired(draftRow(person, 'tigre7luna3'), 'joined'));
  const base = (given: string, family: string) => usernameBase(given, family, romanise);
  planRows(rows, { base, holder: () => undefined, member: () => undefined, namesakes: () => [] });
}

function member(at: number): MemberRow {
  const [given = '', family = ''] = names[at % names.length] ?? [];
  return {
    account: `${at}` as AccountId,
    display: `${given} ${family}`,
    given,
    family,
    school: 'CEIP Duero',
    role: 'pupil',
    me: false,
    mark: 'sent',
    username: `a.b.${at + 1}`,
    joined: '2026-09-01' as CalendarDate,
    groups: [],
    ownPupil: true,
    waitingOwnPassword: false,
    adult: false,
    homeHere: true,
    endedByHome: false
  };
}

/** Offline, in the app: 1 000 rows with workers that answer at once, some with bcrypt. */
async function adding(chrome: Browser, hash: number): Promise<readonly Measured[]> {
  const filled = await FilledRelay.start(100);
  const without = (await add(chrome, filled, 1_000, false)) * 1_000;
  const all = (await add(chrome, filled, withBcrypt, true)) * 1_000;
  await filled.stop();
  return [
    {
      what: 'import of 1000 rows in the app, offline, without bcrypt',
      value: ms(without),
      expected: { text: `≤ ${budget.import} ms`, holds: without <= budget.import }
    },
    {
      what: `import of 1000 rows with it (measured with ${withBcrypt}; bcrypt alone ${ms(hash)} each, two at once)`,
      value: ms(all)
    }
  ];
}

/** Milliseconds for each pupil. */
async function add(chrome: Browser, filled: FilledRelay, count: number, real: boolean): Promise<number> {
  const context = await chrome.newContext({ locale: 'es-ES', viewport: { width: 1180, height: 820 } });
  const page = await context.newPage();
  await signIn(page, filled);
  await page.goto(`${filled.relay.address}/space/${filled.space}/members/add/class`);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await context.setOffline(true);
  if (!real) {
    await page.evaluate(() => {
      // Thirty-one signs at the end are all that is used of a hash.
      globalThis.Worker = class extends EventTarget {
        onmessage: ((event: MessageEvent<string>) => void) | null = null;
        postMessage(): void {
          setTimeout(() => this.onmessage?.(new MessageEvent('message', { data: 'x'.repeat(60) })));
        }
        terminate(): void {
          this.onmessage = null;
        }
      } as unknown as typeof Worker;
    });
  }
  await page.getByLabel('Pega aquí la lista').evaluate(
    (field, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    listOf(Math.max(count, 500))
  );
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  const start = performance.now();
  await page.getByRole('button', { name: /^Añadir \d+ alumnos$/ }).click();
  const done = real ? /^Añadiendo (6[4-9]|[7-9]\d|\d{3}) de/ : /^\d+ alumnos ya están en la lista/;
  const said = page.getByText(done).first();
  await said.waitFor({ timeout: 300_000 });
  const time = performance.now() - start;
  const added = Number(/\d+/.exec((await said.textContent()) ?? '')?.[0]);
  await context.close();
  return time / added;
}
