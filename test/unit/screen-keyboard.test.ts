import { expect, test } from 'vitest';
import { coveredBelow } from '#lib/ui/screen-keyboard.ts';

test.each([
  ['nothing, when the whole window is seen', 820, { height: 820, offsetTop: 0, scale: 1 }, 0],
  ['the keyboard', 820, { height: 440, offsetTop: 0, scale: 1 }, 380],
  ['what is left of it when the page was pushed up', 820, { height: 440, offsetTop: 100, scale: 1 }, 280],
  ['nothing, when the page was pushed wholly up', 820, { height: 440, offsetTop: 380, scale: 1 }, 0],
  ['nothing, when somebody has zoomed in', 820, { height: 410, offsetTop: 0, scale: 2 }, 0],
  ['never less than nothing', 820, { height: 860, offsetTop: 0, scale: 1 }, 0]
])('[BR8] of the lower edge is covered: %s', (_, height, seen, covered) => {
  expect(coveredBelow(height, seen)).toBe(covered);
});
