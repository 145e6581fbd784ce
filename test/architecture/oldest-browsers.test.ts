import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import compat from 'eslint-plugin-compat';
import esX from 'eslint-plugin-es-x';
import { expect, test } from 'vitest';
import { oldestBrowsers } from '#lib/pwa/oldest-browsers.ts';

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

test(
  '[BR5] the built app uses nothing that its oldest browsers do not have',
  { timeout: 600_000 },
  async () => {
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
    const files = globSync(['_app/**/*.js', 'service-worker.js'], { cwd: build });
    expect(files.length).toBeGreaterThan(50);
    const newer = (await eslint.lintFiles(files)).flatMap(({ messages }) =>
      messages
        .map(({ message }) => message)
        .filter((message) => ![...askedFor, alsoOfArrays].some((of) => of.test(message)))
    );
    expect([...new Set(newer)]).toEqual([]);
  }
);

test('[BR5] the styles of the built app use no colours that the oldest browsers do not know', () => {
  const styles = globSync('_app/**/*.css', { cwd: build });
  expect(styles.length).toBeGreaterThan(10);
  const newer = styles.filter((file) => /light-dark\(/.test(readFileSync(`${build}/${file}`, 'utf8')));
  expect(newer).toEqual([]);
});
