import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('[BR4] the browser is asked to translate nothing', () => {
  const page = readFileSync(new URL('../../src/app.html', import.meta.url), 'utf8');
  expect(page).toMatch(/<html[^>]* translate="no"/);
  expect(page).toContain('<meta name="google" content="notranslate" />');
});
