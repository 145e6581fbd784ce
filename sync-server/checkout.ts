import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the checkout that this relay belongs to, whether it runs from its sources or bundled: the nearest one above with a `package.json`. */
export const checkout: string = withPackage(import.meta.dirname);

function withPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('the relay lies in no checkout');
  return withPackage(above);
}
