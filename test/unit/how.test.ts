import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { tasks, tasksFor, topics } from '#lib/ui/how/tasks.ts';

const routes = fileURLToPath(new URL('../../src/routes/(app)', import.meta.url));

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
  expect(idsFor('jirafa')).toEqual([]);
});

test('[AP12] no topic is empty', () => {
  for (const topic of topics) expect(tasks.some((task) => task.topic === topic)).toBe(true);
});
