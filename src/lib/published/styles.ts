/** Style sheets as they stand in the sources. */
export interface StyleSources {
  /** The app's tokens. */
  readonly tokens: string;
  /** The text of its pages. */
  readonly text: string;
  /** What stands around a page outside the app. */
  readonly around: string;
}

/** One style sheet for pages that are read outside the app, in browsers that are older than those that run it, too. */
export function publishedStyles({ tokens, text, around }: StyleSources): string {
  return [byScheme(tokens), text, around]
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*\n+/g, '\n');
}

/**
 * `light-dark()` for browsers that do not know it: the light value, and the dark one behind a question. Each declaration
 * stands on a line of its own.
 */
function byScheme(css: string): string {
  const dark: string[] = [];
  const light = css.replace(/^\s*(--[\w-]+):(.*light-dark\(.*);$/gm, (_, name: string, value: string) => {
    dark.push(`${name}:${chosen(value, 1)};`);
    return `${name}:${chosen(value, 0)};`;
  });
  return `${light}\n@media (prefers-color-scheme: dark){:root{${dark.join('')}}}`;
}

function chosen(value: string, which: 0 | 1): string {
  return value.replace(
    /light-dark\(((?:[^(),]|\([^()]*\))+),((?:[^(),]|\([^()]*\))+)\)/g,
    (_, light: string, dark: string) => (which === 0 ? light : dark).trim()
  );
}
