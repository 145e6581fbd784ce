import { convention } from '#lib/ui/locale.svelte.ts';

/**
 * Languages that schools here work in, as BCP 47: those of the screens, of Spain, of the European Union and of its
 * neighbours. More than can be guessed, fewer than anybody reads through.
 */
export const offeredLanguages: readonly string[] = `
es en ca eu gl pt fr de it ro pl nl sv da fi nb is et lv lt cs sk sl hr hu bg el mt ga cy sq mk sr bs uk ru be ka hy az
tr ar he fa ur hi bn zh ja ko vi
`
  .trim()
  .split(/\s+/);

/** The name of a language in the language of the screens: "catalán". Unknown ones keep their code. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([convention()], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(convention()) + name.slice(1);
}
