import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { CommandName } from '#lib/domain/commands/command.ts';
import { commands } from '#lib/domain/commands/table.ts';
import { actions, type Action } from '#lib/domain/permissions.ts';
import { membersMaps, staffMaps } from '#lib/domain/state.ts';
import { changeVersion } from '#lib/protocol/change.ts';
import { commandSchemas } from '#lib/protocol/command-schemas.ts';
import { root, sources, type Source } from '../support/sources.ts';

const folder = 'src/lib/domain/commands/';
const names = Object.keys(commands) as CommandName[];
const fileOf = (name: string): string => `${folder}${name.replace('.', '-')}.ts`;
const files = sources(folder, ['.ts']);

/** Probing for an argument, or taking arguments for those of one command. */
const guesses = /['"`]\w+['"`] in \(?[\w.]*\bargs\b|\bargs as CommandArgs\[['"`]/;

function guessing({ path, text }: Source): readonly string[] {
  const lines = text.split('\n').map((line, at) => ({ line, at: `${path}:${at + 1}` }));
  return lines.filter(({ line }) => guesses.test(line)).map(({ at }) => at);
}

/** The actions for which the rules are asked in a file. */
function askedIn({ path, text }: Source): readonly Action[] {
  const asked: Action[] = [];
  const literals = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) asked.push(...actions.filter((action) => action === node.text));
    ts.forEachChild(node, literals);
  };
  const visit = (node: ts.Node): void => {
    const [, action] = ts.isCallExpression(node) && node.expression.getText() === 'can' ? node.arguments : [];
    if (action) literals(action);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return asked;
}

describe('the commands', () => {
  test('[HO6, DE1] each has a file of its own, and beside them lie only what they are and their table', () => {
    const expected = [...names.map(fileOf), `${folder}command.ts`, `${folder}table.ts`];
    expect(files.map(({ path }) => path)).toEqual(expected.sort());
  });

  test('[HO6] nobody else guesses from the arguments what a command means', () => {
    const others = [...sources('src', ['.ts', '.svelte']), ...sources('sync-server', ['.ts'])].filter(
      ({ path }) => !path.startsWith(folder)
    );
    expect(others.flatMap(guessing)).toEqual([]);
  });

  test('[HO6] this very test sees a guess', () => {
    const seen = (text: string): number => guessing({ path: 'a.ts', text }).length;
    expect(seen("if ('member' in args) return args.member;")).toBe(1);
    expect(seen("change.name === 'a' && 'tablet' in change.args")).toBe(1);
    expect(seen("const { offer } = args as CommandArgs['tablet.offer'];")).toBe(1);
    expect(seen("'refused' in header")).toBe(0);
  });

  test.each(names)('[HO6, SP5] %s says by which permissions it is judged', (name) => {
    const file = files.find(({ path }) => path === fileOf(name));
    const said = commands[name].facts.asks;
    expect(file && askedIn(file).filter((action) => !said.includes(action))).toEqual([]);
  });
});

test('[HO6, LO8] what the log keeps of a command is said in words of its own', () => {
  const words = readFileSync(join(root, 'src/lib/ui/activity/activity-words.ts'), 'utf8');
  const said = [...words.matchAll(/^ {2}'([a-z]+\.[a-z-]+)':/gm)].map(([, name]) => name);
  const logged = names.filter((name) => commands[name].facts.log !== 'unlogged');
  expect(said.sort()).toEqual([...logged].sort());
});

const protocol = readFileSync(join(root, 'src/lib/protocol/PROTOCOL.md'), 'utf8');

/** A command as the table of commands tells it. */
interface Told {
  readonly name: string;
  readonly since: number;
  /** Each argument, with `?` where it may be left out. */
  readonly args: readonly string[];
}

function toldCommands(): readonly Told[] {
  const table = /### Commands\n([\s\S]*?)\n## /.exec(protocol)?.[1] ?? '';
  return table.split('\n').flatMap((line): Told[] => {
    const [, first = '', second = ''] = line.replaceAll('\\|', '¦').split('|');
    const named = [...first.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map(([, name = '']) => name);
    const since = '①②③④⑤⑥⑦⑧⑨'.indexOf(/[②-⑨]/.exec(first)?.[0] ?? '①') + 1;
    const ways = [...second.matchAll(/`(\{[^`]*\})`/g)].map(([, text = '']) => argumentsIn(text));
    return named.map((name) => ({ name, since, args: joined(ways) }));
  });
}

/** The names in `{ a, b?: [x, …], c: { d } }`: a, b?, c. */
function argumentsIn(text: string): readonly string[] {
  let flat = text.slice(1, -1);
  while (/[[{][^[\]{}]*[\]}]/.test(flat)) flat = flat.replaceAll(/[[{][^[\]{}]*[\]}]/g, '');
  return flat
    .split(',')
    .map((one) => /^\s*(\w+\??)/.exec(one)?.[1] ?? '')
    .filter((one) => one !== '');
}

/** What stands in one way of giving the arguments and not in another may be left out. */
function joined(ways: readonly (readonly string[])[]): readonly string[] {
  const all = [...new Set(ways.flat())];
  return all.map((one) => (ways.every((way) => way.includes(one)) ? one : `${one}?`)).sort();
}

function readArguments(name: CommandName): readonly string[] {
  const { entries } = commandSchemas[name] as unknown as v.StrictObjectSchema<v.ObjectEntries, undefined>;
  return Object.entries(entries)
    .map(([key, { type }]) => (type === 'exact_optional' ? `${key}?` : key))
    .sort();
}

describe('the protocol as it is written down', () => {
  const told = toldCommands();

  test.each(names)('[HO7, CH3] tells of %s, since when and with which arguments', (name) => {
    const { since } = commands[name].facts;
    expect(told.filter((one) => one.name === name)).toEqual([{ name, since, args: readArguments(name) }]);
  });

  test('[HO7] tells of no command that is not there', () => {
    expect(told.map(({ name }) => name).filter((name) => !Object.hasOwn(commands, name))).toEqual([]);
  });

  test.each([
    ['members', membersMaps],
    ['staff', ['meta', ...staffMaps]]
  ])('[HO7] tells of every map of a %s document', (document, maps) => {
    const table = new RegExp(`\\n\`${document}\`:\\n([\\s\\S]*?)\\n\\n(?!\\|)`).exec(protocol)?.[1] ?? '';
    const told = [...table.matchAll(/^\| `([a-z]+)`/gm)].map(([, map]) => map);
    expect([...new Set(told)]).toEqual(maps);
  });

  test('[HO7, CH3] its version is that of the newest command, and each version brought one', () => {
    expect(/Protocol version (\d+)\./.exec(protocol)?.[1]).toBe(String(changeVersion));
    expect(/"protocol": (\d+),/.exec(protocol)?.[1]).toBe(String(changeVersion));
    expect(/\| `v` \| (\d+);/.exec(protocol)?.[1]).toBe(String(changeVersion));
    const brought = new Set(Object.values(commands).map(({ facts }) => facts.since));
    expect([...brought].sort()).toEqual(Array.from({ length: changeVersion }, (_, at) => at + 1));
  });
});
