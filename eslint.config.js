import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const spreading = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message: 'Spreading what is written right there only lays it out: write the properties.'
};

export default ts.config(
  {
    ignores: [
      'build/',
      'sync-server/build/',
      '.svelte-kit/',
      'src/lib/paraglide/',
      'test/.results/',
      'src/i18n/'
    ]
  },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', spreading],
      'svelte/no-at-html-tags': 'error',
      // Reactive state here is $state.raw over whole values; maps and sets are working memory, or the domain's own.
      'svelte/prefer-svelte-reactivity': 'off',
      // Addresses are made in one place (src/lib/ui/paths.ts) and the app lives at the root of its origin.
      'svelte/no-navigation-without-resolve': 'off'
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } }
  },
  { files: ['sync-server/**', 'test/**'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        spreading,
        {
          selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^wait/]',
          message: 'It gives up after a second: expect.poll has the limit of all tests.'
        },
        {
          selector:
            'CallExpression[callee.object.name="fc"][callee.property.name="assert"]:not(:has(Property[key.name="seed"])):not(:has(Identifier[name="seeded"]))',
          message: 'Chaos is seeded: what fails must fail again, and must not wait for somebody else.'
        }
      ]
    }
  }
);
