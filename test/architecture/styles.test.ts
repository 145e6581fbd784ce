import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const files = globSync(['src/**/*.svelte', 'src/**/*.css']);

test('[BR8] what is pointed at looks so only where there is a pointer: a tap would leave it so', () => {
  expect(files.length).toBeGreaterThan(100);
  const sticky = files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    const withPointer = text.replaceAll(/@media \(hover: hover\) \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
    return withPointer.includes(':hover');
  });
  expect(sticky).toEqual([]);
});
