import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { oldestBrowsers } from './src/lib/pwa/oldest-browsers.ts';

/** What all doors share: the components of a form, and what draws an icon and a word. */
const door =
  /lib\/ui\/(door\/(People|SignInForm)|Button|Field|FieldErrors|PasswordField|password-keeping|Page|Disc|Notice|Brand|LanguageSwitch|Grouped|Reason|SkipLink|locale|initials|announcements|AnnouncementRegion|CannotRun|paths)\.|lucide\/svelte\/dist\/(Icon|defaultAttributes|context|utils|icons\/(eye|eye-off|loader|x|octagon-x|info|lock|globe|languages)\.)|paraglide\/(runtime|registry)/;

export default defineConfig({
  plugins: [sveltekit()],
  resolve: {
    // Dexie's package leads bundlers to its ES5 build, a third larger than the modern one beside it.
    alias: [
      {
        find: /^dexie$/,
        replacement: fileURLToPath(new URL('./node_modules/dexie/dist/modern/dexie.mjs', import.meta.url))
      }
    ]
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Colours for day and evening (`light-dark()`) and nested rules are written as these read them.
    cssTarget: Object.entries(oldestBrowsers).map(([name, version]) => name + version),
    // What every door loads, in one piece: many small files travel slower and compress worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'door', test: door }] } } }
  }
});
