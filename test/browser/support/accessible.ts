import axe from 'axe-core';
import { expect } from 'vitest';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The themes differ in colours alone: of the second one only those are looked at. */
const themes = [
  { theme: 'light', runOnly: wcag },
  { theme: 'dark', runOnly: ['color-contrast', 'link-in-text-block'] }
];

/** WCAG 2.2 AA, as far as a machine can see it, of what is shown, in both themes; and no field into which an iPad zooms. */
export async function accessible(what: string): Promise<void> {
  const root = document.documentElement;
  // From its beginning, wherever the last click has scrolled it: what passes under the bar above is no smaller for that.
  scrollTo(0, 0);
  for (const { theme, runOnly } of themes) {
    root.style.colorScheme = theme;
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
    const found = violations.map(
      ({ id, nodes }) => `${what}, ${theme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`
    );
    expect(found).toEqual([]);
  }
  root.style.removeProperty('color-scheme');
  expect(smallFields(), what).toEqual([]);
}

/** Fields whose letters are under 16 pixels: an iPad would zoom into them. */
function smallFields(): readonly string[] {
  const fields = document.querySelectorAll(
    'input:not([type=checkbox], [type=radio], [type=file], [type=range]), select, textarea'
  );
  return Array.from(fields)
    .filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16)
    .map(({ outerHTML }) => outerHTML);
}
