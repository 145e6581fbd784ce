import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '#lib/domain/roles.ts';
import type { ExportWords } from '#lib/ui/members/export/exported.ts';
import { root } from './sources.ts';

/** The words of an exported list as the screens have them in one of their languages. */
export function exportWords(language: 'es' | 'en'): ExportWords {
  const read = (file: string): Record<string, string> =>
    JSON.parse(readFileSync(join(root, `src/i18n/messages/${language}/${file}.json`), 'utf8')) as Record<
      string,
      string
    >;
  const [words, app] = [read('class'), read('app')];
  const word = (name: string): string => words[`export_${name}`] ?? '';
  return {
    header: {
      username: word('username'),
      given: word('given'),
      family: word('family'),
      display: word('display'),
      role: word('role'),
      groups: word('groups'),
      school: word('school'),
      joined: word('invited'),
      access: word('access')
    },
    role: (role: Role) => app[`role_${role.replaceAll('-', '_')}`] ?? '',
    compare: new Intl.Collator(language).compare
  };
}
