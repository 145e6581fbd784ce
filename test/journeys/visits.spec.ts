import type { Browser, Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { expect, test, type Tablet } from '../support/journey.ts';
import { line, ofAllPages, openPage, openPages, pageMenu, writeLine } from '../support/page-steps.ts';
import { allSent, openSpace } from '../support/steps.ts';

const space = 'Ríos de Europa';
const diary = 'Diario del Ebro';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };

/** Everything of the TwinSpace that no visitor may read: words of a draft, names, usernames. */
const unpublished = [
  'Lo que nadie ha visto',
  'Sin terminar',
  'Ana Uno',
  'ana.uno',
  'Marta',
  'marta.',
  'Familias'
];

/** The link that the open screen shows, as this tablet reaches the relay. */
async function linkFor(tablet: Tablet, page: Page): Promise<string> {
  const shown =
    (await page
      .getByText(/\/v\/[\w-]{36}\/#[\w-]{43}/)
      .first()
      .textContent()) ?? '';
  const path = /\/v\/\S+/.exec(shown)?.[0] ?? '';
  return tablet.origin + path;
}

async function makeLink(page: Page, label: string): Promise<void> {
  await page.getByLabel('Para quién es el enlace').fill(label);
  await page.getByRole('button', { name: 'Crear el enlace' }).click();
  await expect(page.getByText('Listo: el enlace ya se abre.')).toBeVisible();
}

/** What somebody without an account sees who opens the link. */
async function visit(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'es-ES' });
  const visitor = await context.newPage();
  await visitor.goto(link);
  return visitor;
}

async function openSettings(page: Page): Promise<void> {
  await openSpace(page, space);
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
}

/** Archives the TwinSpace whose settings are open; its links for visitors go on or are ended. */
async function archive(page: Page, links = 'Se siguen abriendo'): Promise<void> {
  await page.getByRole('button', { name: 'Archivar este TwinSpace' }).click();
  const asked = page.getByRole('dialog');
  await asked.getByRole('radio', { name: links }).check();
  await asked.getByRole('button', { name: 'Archivar este TwinSpace' }).click();
  await expect(page.getByText('está archivado.')).toBeVisible();
}

async function endLink(page: Page, label: string): Promise<void> {
  await openPages(page);
  await ofAllPages(page, 'Visitantes');
  await page.getByRole('button', { name: `Cerrar el enlace «${label}»` }).click();
  await expect(page.getByText('Cerrado.')).toBeVisible();
  await allSent(page);
}

test('[G14, PU1, PU2, PU3, VS1, VS2, VS6, VS7] an administrator publishes a diary; a family reads it by a link, on the train too, and nothing else', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const phone = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, {
    pupils: [ana],
    pages: [
      {
        title: diary,
        lines: 'Ana vio una nutria.',
        under: [{ title: 'Fotos' }, { title: 'Sin terminar', draft: true, lines: 'Lo que nadie ha visto.' }]
      }
    ]
  });

  // What visitors will see is looked at first: who is named, and what is not for them.
  await openPage(page, diary);
  await pageMenu(page, diary, 'Publicar para visitantes…');
  await expect(page.getByText('Nombra a Ana Uno')).toBeVisible();
  await expect(page.getByText('Esta página es un borrador')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /Sin terminar/ })).toBeDisabled();
  await page.getByRole('button', { name: 'Publicar 2 páginas' }).click();
  await expect(page.getByRole('heading', { name: 'Visitantes', level: 1, exact: true })).toBeVisible();
  await makeLink(page, 'Familias 4.º A');
  const link = await linkFor(phone, page);

  // No account, no app; the secret does not stay in the address.
  const received = phone.record();
  const visitor = phone.page;
  await visitor.goto(link);
  await expect(visitor.getByRole('heading', { name: space, level: 1 })).toBeVisible();
  expect(new URL(visitor.url()).hash).toBe('');
  await phone.readyForOffline();
  await expect(visitor.getByText('Guardado en este dispositivo')).toBeVisible();
  await visitor.getByRole('link', { name: diary }).click();
  await expect(visitor.getByText('Ana vio una nutria.')).toBeVisible();
  await expect(visitor.getByRole('button', { name: 'Leer en voz alta' })).toBeVisible();
  await visitor.getByRole('link', { name: /Siguiente: Fotos/ }).click();
  await expect(visitor.getByRole('heading', { name: 'Fotos', level: 1 })).toBeVisible();

  // On the train.
  await phone.cut();
  await visitor.reload();
  await expect(visitor.getByRole('heading', { name: 'Fotos', level: 1 })).toBeVisible();
  await visitor.getByRole('link', { name: 'Todas las páginas' }).click();
  await visitor.getByRole('link', { name: diary }).click();
  await expect(visitor.getByText('Ana vio una nutria.')).toBeVisible();
  await phone.mend();

  // What is written afterwards is no visitor's, until it is published, and what changes is seen before.
  await openPage(page, diary);
  await expect(page.getByText(/Los visitantes la ven desde el/)).toBeVisible();
  await writeLine(page, diary, 'Y una garza.');
  await allSent(page);
  await visitor.reload();
  await expect(visitor.getByText('Ana vio una nutria.')).toBeVisible();
  expect(received()).not.toContain('garza');
  await page.getByRole('link', { name: 'Ha cambiado: actualizar…' }).click();
  await page.getByText('Qué cambia para los visitantes').click();
  await expect(page.getByRole('insertion')).toHaveText('Y una garza.');
  await page.getByRole('button', { name: 'Publicar 1 página' }).click();
  await expect(page.getByRole('heading', { name: 'Visitantes', level: 1, exact: true })).toBeVisible();
  await allSent(page);
  await visitor.reload();
  await expect(visitor.getByText('Y una garza.')).toBeVisible();

  // Who is signed in sees it as a visitor, and is signed in afterwards as before.
  await page.goto(linkOfTheSame(link, desk));
  await expect(page.getByRole('heading', { name: space, level: 1 })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Secciones' })).toHaveCount(0);
  await page.goto('/spaces');
  await page.getByRole('link', { name: space }).click();

  // Ended: from the next contact on the phone has nothing of it.
  await endLink(page, 'Familias 4.º A');
  await visitor.reload();
  await expect(visitor.getByRole('heading', { name: 'Este enlace ya no se abre' })).toBeVisible();
  await expect.poll(() => kept(visitor)).toEqual([]);
  phone.unplug();
  expect(await visitor.reload().catch(() => 'nothing')).toBe('nothing');
  for (const words of unpublished) expect(received()).not.toContain(words);
});

/** The same link as another tablet reaches the relay. */
function linkOfTheSame(link: string, { origin }: Tablet): string {
  return origin + /\/v\/.*/.exec(link)?.[0];
}

/** What is kept of visits in this browser. */
function kept(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const caches_ = (await caches.keys()).filter((name) => name.startsWith('visit'));
    const workers = (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope);
    return [...caches_, ...workers.filter((scope) => scope.includes('/v/'))];
  });
}

test('[PU4, PU5, VS5] a page that is taken back is gone for visitors; without scripts a link is opened and read all the same', async ({
  relay,
  tablet,
  browser
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pages: [{ title: diary, lines: 'Un río.' }] });
  await openPage(page, diary);
  await pageMenu(page, diary, 'Publicar para visitantes…');
  await page.getByRole('button', { name: 'Publicar 1 página' }).click();
  await makeLink(page, 'Otro centro');
  const link = await linkFor(desk, page);
  const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  const visitor = await plain.newPage();
  await visitor.goto(link);
  await visitor.getByLabel('The link, or what comes after the #').fill(link);
  await visitor.getByRole('button', { name: 'Open' }).click();
  await visitor.getByRole('link', { name: diary }).click();
  await expect(visitor.getByText('Un río.')).toBeVisible();

  await page.getByRole('button', { name: `Dejar de publicar «${diary}»` }).click();
  await expect(page.getByText('No hay nada publicado')).toBeVisible();
  await allSent(page);
  await visitor.reload();
  await expect(visitor.getByRole('heading', { name: 'This page is not here' })).toBeVisible();
  await openPage(page, diary);
  await expect(line(page, 'Un río.')).toBeVisible();
  await expect(page.getByText(/Los visitantes la ven/)).toHaveCount(0);
  await plain.close();
});

test('[G14, PU5, SP4, SP5] a link to one page shows that alone; in an archived TwinSpace links go on or are ended', async ({
  relay,
  tablet,
  browser
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pages: [{ title: diary, under: [{ title: 'Fotos' }] }] });
  await openPage(page, diary);
  await pageMenu(page, diary, 'Publicar para visitantes…');
  await page.getByRole('button', { name: 'Publicar 2 páginas' }).click();
  await page.getByRole('radio', { name: 'Solo algunas páginas' }).check();
  await page.getByLabel('Para quién es el enlace').fill('Solo fotos');
  await page.getByRole('button', { name: 'Crear el enlace' }).click();
  await expect(page.getByText('Elige al menos una página.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Fotos' }).check();
  await makeLink(page, 'Solo fotos');
  await expect(page.getByText('Muestra 1 página')).toBeVisible();
  const some = await visit(browser, await linkFor(desk, page));
  await page.getByRole('button', { name: 'Crear otro enlace' }).click();
  await makeLink(page, 'Familias');
  const all = await visit(browser, await linkFor(desk, page));
  await expect(some.getByRole('link', { name: 'Fotos' })).toBeVisible();
  await expect(some.getByText(diary)).toHaveCount(0);
  await expect(all.getByRole('link', { name: diary })).toBeVisible();

  // Archived: what was shown goes on, and is taken back where it always was.
  await openSettings(page);
  await archive(page);
  await endLink(page, 'Solo fotos');
  await some.reload();
  await expect(some.getByRole('heading', { name: 'Este enlace ya no se abre' })).toBeVisible();
  await all.reload();
  await expect(all.getByRole('link', { name: diary })).toBeVisible();

  // Archived once more, and the last link with it.
  await openSettings(page);
  await page.getByRole('button', { name: 'Reabrir este TwinSpace' }).click();
  await archive(page, 'Cerrarlos ahora');
  await allSent(page);
  await all.reload();
  await expect(all.getByRole('heading', { name: 'Este enlace ya no se abre' })).toBeVisible();
});
