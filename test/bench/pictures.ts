import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageId } from '#lib/domain/ids.ts';
import { launch } from './browser.ts';
import { FilledRelay } from './filled-relay.ts';
import type { Measured } from './measure.ts';
import { filming } from './picture-films.ts';
import { pictureList } from './picture-list.ts';
import { pictureScripts } from './picture-scripts.ts';
import { shutter } from './picture-shutter.ts';
import { title, type Stand } from './picture-stand.ts';

/** Pictures on a tablet: the scripts of it, from the shutter to the page, a long film, and the list of all. */
export const pictures = {
  scripts: measured(pictureScripts),
  shutter: measured(shutter),
  film: measured(filming),
  list: measured(pictureList)
} as const;

/** Each on a relay and in a browser of its own, so that none is measured on what another has left. */
function measured(rows: (stand: Stand) => Promise<readonly Measured[]>): () => Promise<readonly Measured[]> {
  return async () => {
    const chrome = await launch();
    const filled = await FilledRelay.start(2);
    const folder = await mkdtemp(join(tmpdir(), 'twinspace-bench-'));
    const page = crypto.randomUUID() as string as PageId;
    const args = { page, title, order: 'a0', draft: false } as const;
    await filled.send([await filled.sign({ name: 'page.create', args })]);
    const found = await rows({ chrome, filled, page, folder });
    await chrome.close();
    await filled.stop();
    await rm(folder, { recursive: true });
    return found;
  };
}
