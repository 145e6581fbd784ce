import { beforeEach } from 'vitest';
import { page } from 'vitest/browser';
import '#lib/ui/fonts.css';
import '#lib/ui/tokens.css';
import '#lib/ui/base.css';
import { setLocale } from '#lib/ui/locale.svelte.ts';

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  setLocale('es');
  await page.viewport(1180, 820);
});
