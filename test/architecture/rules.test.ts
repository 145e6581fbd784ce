import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { grouped } from '#lib/domain/grouped.ts';
import { refusalCodes, type RefusalCode } from '#lib/domain/refusals.ts';
import { root, sources, type Source } from '../support/sources.ts';

/** Rules that no test cites yet. This list only shrinks. */
const uncited: readonly string[] = [];

/** Refusals for which there is no command yet. This list only shrinks. */
const unasked: readonly RefusalCode[] = [];

const spec = readFileSync(join(root, 'src/lib/domain/SPEC.md'), 'utf8');
const numbered = [...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\* (.*)$/gm)];
const rules = numbered.map(([, rule = '']) => rule);
/** The rows of the guide (mission.md), which journeys cite. */
const guide = Array.from({ length: 18 }, (_, index) => `G${index + 1}`);
const known = new Set([...rules, ...guide]);

const tests = sources('test', ['.ts']);
const code = [
  ...sources('src', ['.ts', '.svelte', '.md']),
  ...sources('sync-server', ['.ts', '.mjs', '.md']),
  ...sources('test/support', ['.ts'])
].filter(({ path }) => path !== 'src/lib/domain/SPEC.md');

/** A test: where it stands, its title as written, and the rules that the title cites. */
interface Titled {
  readonly path: string;
  readonly title: string;
  readonly cites: readonly string[];
}

/** Every test of a file. A title that begins with a variable cites every rule that stands in the file by itself. */
function titled({ path, text }: Source): readonly Titled[] {
  const found: Titled[] = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const alone = [...text.matchAll(/'([A-Z]{2}\d+)'/g)].map(([, rule = '']) => rule);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const [first] = node.arguments;
      if (first && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first))) {
        const title = first.getText(file).slice(1, -1);
        const cited = /^\[([^\]]*)\]/.exec(title)?.[1] ?? '';
        const cites = cited.startsWith('${') ? alone : cited.split(/,\s*/).filter((one) => one !== '');
        found.push({ path, title, cites });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** test(…), test.each(…)(…), it(…); not test.describe, test.beforeEach and the like. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'test' || callee.text === 'it';
  if (ts.isCallExpression(callee)) return /^(test|it)\.(each|for)$/.test(callee.expression.getText());
  return /^(test|it)\.(only|skip|fails|concurrent)$/.test(callee.getText());
}

/** The rules that a comment cites: `RO3`, `KE3–KE5`. */
function citedIn(text: string): readonly string[] {
  const cited: string[] = [];
  for (const [, area = '', from = '', to] of text.matchAll(/\b([A-Z]{2})([1-9]\d?)(?:[–-]\1?(\d+))?\b/g)) {
    if (!rules.some((rule) => rule.startsWith(area) && /^\d/.test(rule.slice(2)))) continue;
    for (let number = Number(from); number <= Number(to ?? from); number++) cited.push(`${area}${number}`);
  }
  return cited;
}

const all = tests.flatMap(titled);

describe('the rules', () => {
  test('[HO4] every rule has one number, without a gap in its area', () => {
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
    const areas = grouped(rules, (rule) => rule.slice(0, 2));
    for (const [area, own] of areas) expect(own).toEqual(own.map((_, index) => `${area}${index + 1}`));
  });

  test('[HO4] every rule is a sentence', () => {
    const halves = numbered.filter(([, , sentence = '']) => !/^[A-Z*`].*[.!]$/.test(sentence));
    expect(halves.map(([, rule]) => rule)).toEqual([]);
  });

  test('[HO4] every test begins with the rule that it proves', () => {
    expect(
      all.filter(({ cites }) => cites.length === 0).map(({ path, title }) => `${path}: ${title}`)
    ).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  test('[HO4] every rule that a test cites exists', () => {
    const strange = all.flatMap(({ path, cites }) =>
      cites.filter((rule) => !known.has(rule)).map((rule) => `${path}: ${rule}`)
    );
    expect(strange).toEqual([]);
  });

  test('[HO4] every rule is cited by a test', () => {
    const cited = new Set(all.flatMap(({ cites }) => cites));
    expect(rules.filter((rule) => !cited.has(rule))).toEqual(uncited);
  });

  test('[HO4] every rule that the code cites exists', () => {
    const strange = code.flatMap(({ path, text }) =>
      citedIn(text)
        .filter((rule) => !known.has(rule))
        .map((rule) => `${path}: ${rule}`)
    );
    expect(strange).toEqual([]);
  });

  test('[HO5] every refusal is asked for by a test', () => {
    const texts = tests.filter(({ path }) => !path.includes('architecture')).map(({ text }) => text);
    const asked = (refusal: string): boolean => texts.some((text) => text.includes(`'${refusal}'`));
    expect(refusalCodes.filter((refusal) => !asked(refusal))).toEqual(unasked);
  });

  test('[HO5] every refusal is said somewhere', () => {
    const speaking = [...sources('src', ['.ts']), ...sources('sync-server', ['.ts'])].filter(
      ({ path }) => !path.endsWith('/refusals.ts') && !path.startsWith('src/lib/ui/')
    );
    const said = (refusal: string): boolean => speaking.some(({ text }) => text.includes(`'${refusal}'`));
    expect(refusalCodes.filter((refusal) => !said(refusal))).toEqual(unasked);
  });
});
