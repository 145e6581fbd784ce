import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const generated = ['src/lib/paraglide/', 'test/.results/', 'sync-server/build/'];

/** A source file: its path from the root, with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every file of the folder with one of these endings; what is generated is left out. */
export function sources(folder: string, endings: readonly string[]): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .filter((path) => !generated.some((part) => path.startsWith(part)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Something that a file imports or re-exports. */
export interface Import {
  readonly from: string;
  /** Only types: nothing of it is there when the code runs. */
  readonly typeOnly: boolean;
}

const statement =
  /^\s*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** What a file imports, statically or later. */
export function importsOf({ text }: Source): readonly Import[] {
  return [...text.matchAll(statement)].map(([, type, from, later]) => ({
    from: from ?? later ?? '',
    typeOnly: type !== undefined
  }));
}

/** The file of the project that the import names, from the root; undefined for a package. */
export function target(source: Source, from: string): string | undefined {
  if (from.startsWith('#lib/')) return `src/lib/${from.slice('#lib/'.length)}`;
  if (from.startsWith('#relay/')) return `sync-server/${from.slice('#relay/'.length)}`;
  return from.startsWith('.') ? posix.join(posix.dirname(source.path), from) : undefined;
}
