// npm run bench: prints what is promised of speed, measured on this machine, with the parts that were asked for.
import { attack } from './attack.ts';
import { browser } from './browser.ts';
import { changes } from './changes.ts';
import { classes } from './class.ts';
import { home } from './home.ts';
import type { Measured } from './measure.ts';
import { media } from './media.ts';
import { pages } from './pages.ts';
import { peers } from './peers.ts';
import { pictures } from './pictures.ts';
import { relay } from './relay.ts';
import { reports } from './reports.ts';
import { rules } from './rules.ts';
import { tablets } from './tablets.ts';
import { visits } from './visits.ts';

type Rows = () => Promise<readonly Measured[]>;
/** Rows that are dear and stand for themselves can be asked for alone: `pictures:film`. */
const parts: Readonly<Record<string, Rows | Readonly<Record<string, Rows>>>> = {
  rules,
  relay,
  changes,
  browser,
  class: classes,
  reports,
  tablets,
  pages,
  media,
  pictures,
  visits,
  home,
  attack,
  peers
};
const only = process.argv.slice(2);
const all = Object.entries(parts).flatMap(([name, part]) =>
  typeof part === 'function'
    ? [{ name, rows: part }]
    : Object.entries(part).map(([row, rows]) => ({ name: `${name}:${row}`, rows }))
);
const wanted = (name: string): boolean =>
  only.length === 0 || only.some((one) => name === one || name.startsWith(`${one}:`));
const unknown = only.find((one) => !all.some(({ name }) => name === one || name.startsWith(`${one}:`)));
if (unknown !== undefined) throw new Error(`${unknown} is none of ${all.map(({ name }) => name).join(', ')}`);
let broken = 0;

console.log(`npm run bench${only.map((part) => ` ${part}`).join('')}\n`);
for (const { name, rows } of all) {
  if (!wanted(name)) continue;
  console.log(`${name}`);
  for (const { what, value, expected } of await rows()) {
    const promise = expected ? `  (expected ${expected.text}: ${expected.holds ? 'holds' : 'BROKEN'})` : '';
    if (expected && !expected.holds) broken++;
    console.log(`  ${what.padEnd(72)} ${value}${promise}`);
  }
}
process.exitCode = broken > 0 ? 1 : 0;
