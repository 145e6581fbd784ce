import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import compat from 'eslint-plugin-compat';
import esX from 'eslint-plugin-es-x';
import { expect, test } from 'vitest';
import { oldestBrowsers } from '#lib/pwa/oldest-browsers.ts';
import { pageFiles } from '#relay/visits/page-files.ts';

const build = fileURLToPath(new URL('../../build', import.meta.url));
const { safari, chrome, firefox } = oldestBrowsers;

/** Older browsers are asked before they are used, by those who wrote them; whoever adds one says here where that is seen. */
const askedFor = [
  // bcryptjs: only where `typeof scheduler` says that it is there.
  /^scheduler(\.postTask\(\))? /i,
  // Kit: `navigator.connection?.saveData`.
  /navigator\.connection/,
  // papaparse: `RegExp.escape || …`.
  /RegExp\.escape/,
  // src/lib/ui/pages/aloud.svelte.ts: else the block is marked, not the word.
  /^Highlight /,
  // prosemirror-view: `window.trustedTypes`, and only where it reads HTML itself, which it is never given (PV6).
  /^trustedTypes /
];

/** Methods of arrays and of iterators bear one name: those of iterators are asked for by the types (`lib` in tsconfig). */
const alsoOfArrays = /Iterator\.prototype/;

const eslint = new ESLint({
  cwd: build,
  overrideConfigFile: true,
  allowInlineConfig: false,
  overrideConfig: [
    ...(['flat/no-new-in-es2024', 'flat/no-new-in-es2025', 'flat/no-new-in-esnext'] as const).map(
      (newer) => esX.configs[newer]
    ),
    {
      ...compat.configs['flat/recommended'],
      settings: {
        browsers: [`safari ${safari}`, `ios_saf ${safari}`, `chrome ${chrome}`, `firefox ${firefox}`],
        'es-x': { aggressive: true }
      }
    }
  ]
});

/** What is newer than the oldest browsers, each told once. */
function newerIn(results: readonly ESLint.LintResult[]): readonly string[] {
  const told = results.flatMap(({ messages }) => messages.map(({ message }) => message));
  return [...new Set(told)].filter((message) => ![...askedFor, alsoOfArrays].some((of) => of.test(message)));
}

test(
  '[BR5] the built app uses nothing that its oldest browsers do not have',
  { timeout: 600_000 },
  async () => {
    const files = globSync(['_app/**/*.js', 'service-worker.js'], { cwd: build });
    expect(files.length).toBeGreaterThan(50);
    expect(newerIn(await eslint.lintFiles(files))).toEqual([]);
  }
);

test('[BR5, VS5] nor do the scripts that visitors are served, as they stand', async () => {
  for (const name of ['visit.js', 'worker.js']) {
    const text = pageFiles.get(name)?.().text ?? '';
    expect(text).toContain('addEventListener');
    expect(newerIn(await eslint.lintText(text, { filePath: name }))).toEqual([]);
  }
});

test('[BR5] the styles of the built app use no colours that the oldest browsers do not know', () => {
  const styles = globSync('_app/**/*.css', { cwd: build });
  expect(styles.length).toBeGreaterThan(10);
  const texts = styles.map((file) => readFileSync(`${build}/${file}`, 'utf8'));
  for (const text of [...texts, pageFiles.get('visit.css')?.().text ?? 'light-dark('])
    expect(text).not.toMatch(/light-dark\(/);
});
