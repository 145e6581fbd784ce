import { describe, expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { announceTitles } from '#lib/ui/announce-titles.ts';
import { angel, marta, pageId, rios } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';
import { atTheDoor, sit } from './support/seat.ts';

/** Every screen that there is, as its file says. */
const screens = Object.keys(import.meta.glob('/src/routes/**/+page.svelte'))
  .map((file) => /^\/src\/routes\/\((app|door)\)(.*)\/\+page\.svelte$/.exec(file))
  .map((found) => ({ door: found?.[1] === 'door', path: found?.[2] ?? '' }));

const diary = { page: pageId('diary'), title: 'Diario', order: 'a0', draft: false };
const addresses: Readonly<Record<string, string>> = {
  '[space]': rios,
  '[page]': diary.page,
  '[member]': angel.id
};

function withDiary(): World {
  const world = riosDeEuropa();
  world.do(marta, 'page.create', diary);
  return world;
}

/** What the router has told screen readers at the change of address: the title that stood there then. */
function routerSaid(title: string): HTMLElement {
  document.title = title;
  const region = document.createElement('div');
  region.id = 'svelte-announcer';
  region.append(title);
  document.body.append(region);
  const end = announceTitles();
  onTestFinished(() => {
    end();
    region.remove();
  });
  return region;
}

describe('the title of a screen', () => {
  test('[AP9] all screens are looked at', () => {
    expect(screens.length).toBeGreaterThan(30);
  });

  test.each(screens)('[AP9] is told to screen readers at $path', async ({ door, path }) => {
    const region = routerSaid('La pantalla de antes');
    const at = path.replaceAll(/\[\w+\]/g, (part) => addresses[part] ?? part) || '/';
    if (door) await atTheDoor(at);
    else await sit(marta, withDiary(), at);
    await expect.element(page.getByRole('heading', { level: 1 }).first()).toBeInTheDocument();
    await expect.element(page.getByRole('heading', { level: 1 }).first()).toMatchTextContent(/\S/);
    const [heading] = page.getByRole('heading', { level: 1 }).elements();
    const title = `${heading?.textContent?.trim()} · TwinSpace`;
    await expect.poll(() => document.title).toBe(title);
    await expect.poll(() => region.textContent).toBe(title);
  });
});
