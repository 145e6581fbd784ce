import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { tasks, tasksFor, topics } from '#lib/ui/how/tasks.ts';

const routes = fileURLToPath(new URL('../../src/routes/(app)', import.meta.url));

/** All that the screens say in a language; of what depends on a number only what stands before it. */
function words(locale: string): readonly string[] {
  const folder = fileURLToPath(new URL(`../../src/i18n/messages/${locale}`, import.meta.url));
  return readdirSync(folder).flatMap((file) => {
    const messages = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Record<string, unknown>;
    return Object.values(messages).flatMap((one) =>
      typeof one === 'string'
        ? [one]
        : [...JSON.stringify(one).matchAll(/": ?"([^":{]+): \{count\}/g)].map(([, text = '']) => text)
    );
  });
}

function idsFor(search: string): readonly string[] {
  return tasksFor(search).map(({ id }) => id);
}

describe.each(['es', 'en'] as const)('the help in %s', (locale) => {
  test('[AP12] every task has its words, and steps of one sentence or two', () => {
    overwriteGetLocale(() => locale);
    const titles = tasks.map(({ title }) => title());
    expect(new Set(titles).size).toBe(tasks.length);
    for (const { steps } of tasks) {
      for (const step of steps().split('\n')) expect(step).toMatch(/^\p{Lu}.{10,140}[.]$/u);
    }
  });
});

test.each(['es', 'en'])('[AP12] what the help in %s tells to tap is what stands there', (locale) => {
  const said = new Set(words(locale));
  overwriteGetLocale(() => locale as 'es' | 'en');
  for (const { steps } of tasks) {
    for (const [, quoted] of steps().matchAll(/[«“](.+?)[»”]/g)) expect(said).toContain(quoted);
  }
});

test('[AP12] whoever takes somebody there takes them to a screen that exists', () => {
  for (const { id, where } of tasks) {
    const path = where?.('[space]');
    if (path !== undefined) expect(existsSync(`${routes}${path}/+page.svelte`), id).toBe(true);
  }
});

test('[AP12] tasks are found by the words that a teacher has, without accents and capitals', () => {
  overwriteGetLocale(() => 'es');
  expect(idsFor('')).toHaveLength(tasks.length);
  expect(idsFor('PERDIDO tableta')).toEqual(['lost']);
  expect(idsFor('contrasena nueva')).toContain('password');
  expect(idsFor('dibujos')).toContain('pictures');
  expect(idsFor('hoja de calculo')).toEqual(['class']);
  // Words that stand in no step: what other programs call it.
  expect(idsFor('robada')).toEqual(['lost']);
  expect(idsFor('olvidó clave')).toEqual([]);
  expect(idsFor('clave olvidada')).toEqual(['password']);
  expect(idsFor('excel')).toEqual(['class', 'export']);
  expect(idsFor('jirafa')).toEqual([]);
});

test('[AP12] no topic is empty', () => {
  for (const topic of topics) expect(tasks.some((task) => task.topic === topic)).toBe(true);
});
