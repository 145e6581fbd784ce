import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { MemberRow } from '#lib/session/space/member-row.ts';
import type { PageEntry } from '#lib/ui/pages/page-entry.ts';
import PageForm from '#lib/ui/pages/PageForm.svelte';
import PermitDialog from '#lib/ui/pages/PermitDialog.svelte';
import ReadAloud from '#lib/ui/pages/ReadAloud.svelte';
import type { Voice } from '#lib/ui/pages/read-aloud.ts';
import type { Speaker, Told } from '#lib/ui/pages/speaker.ts';
import TrashList from '#lib/ui/pages/TrashList.svelte';
import WhyNot from '#lib/ui/pages/WhyNot.svelte';
import { angel, groupId, marta, pageId, uuid } from '../support/cast.ts';
import { accessible } from './support/accessible.ts';

const entry = (title: string, depth = 0): PageEntry => ({
  id: pageId(title),
  title,
  depth,
  href: '#',
  state: 'shown',
  frozen: false,
  home: false,
  canWrite: true,
  here: 'here',
  waits: 0
});
const done = { ok: true, value: undefined } as const;
const today = '2026-11-27' as CalendarDate;

describe('the forms of pages', () => {
  test('[PA1, PA4] a new page has a title, a place and whoever sees it', async () => {
    const onsave = vi.fn(() => Promise.resolve(done));
    await render(PageForm, {
      entries: [entry('Ríos'), entry('El Ebro', 1)],
      atTop: true,
      choosesState: true,
      onsave,
      onclose: () => undefined
    });
    const dialog = page.getByRole('dialog', { name: 'Página nueva' });
    await dialog.getByRole('button', { name: 'Crear la página' }).click();
    await expect.element(dialog.getByText('Escribe un título de 1 a 80 letras.')).toBeVisible();
    expect(onsave).not.toHaveBeenCalled();
    await dialog.getByLabelText('Título').fill(' Afluentes ');
    await dialog.getByRole('radio', { name: 'El Ebro' }).click();
    await dialog.getByRole('radio', { name: 'La ven todos' }).click();
    await accessible('new page');
    await dialog.getByRole('button', { name: 'Crear la página' }).click();
    expect(onsave).toHaveBeenCalledExactlyOnceWith({
      title: 'Afluentes',
      parent: pageId('El Ebro'),
      draft: false
    });
    await expect.element(dialog).not.toBeInTheDocument();
  });

  test('[PA3] what a pupil administrator makes stands under a page that is theirs, and is as open as it', async () => {
    const onsave = vi.fn(() => Promise.resolve(done));
    await render(PageForm, {
      entries: [entry('El Ebro')],
      atTop: false,
      choosesState: false,
      onsave,
      onclose: () => undefined
    });
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByText('La verán los mismos que ven la página de arriba.')).toBeVisible();
    expect(dialog.getByRole('radio').elements()).toHaveLength(1);
    await dialog.getByLabelText('Título').fill('Lo mío');
    await dialog.getByRole('button', { name: 'Crear la página' }).click();
    expect(onsave).toHaveBeenCalledWith({ title: 'Lo mío', parent: pageId('El Ebro'), draft: false });
  });

  test('[G15, G16, PA5] a page is given to a group until a day, and taken back from all pupils', async () => {
    const onpermit = vi.fn(() => Promise.resolve(done));
    const onwithdraw = vi.fn(() => Promise.resolve(done));
    const group = groupId('4.º A');
    await render(PermitDialog, {
      title: 'El Ebro',
      grants: [
        { to: { is: 'pupils' }, by: 'Marta Ruiz', until: 'lesson' },
        { to: { is: 'member', account: angel.id }, by: 'Marta Ruiz', until: today }
      ],
      groups: [
        { id: group, name: '4.º A', kind: 'class', owner: marta.id, ownerDisplay: 'Marta Ruiz', mine: true }
      ],
      members: [],
      today,
      onpermit,
      onwithdraw,
      onclose: () => undefined
    });
    const dialog = page.getByRole('dialog', { name: 'Quién escribe en «El Ebro»' });
    await expect.element(dialog.getByText('Hasta el final de la clase · lo dio Marta Ruiz')).toBeVisible();
    await expect.element(dialog.getByText('Hasta el 27 nov 2026')).toBeVisible();
    await accessible('permissions');
    await dialog.getByRole('button', { name: 'Quitar el permiso: Todo el alumnado' }).click();
    expect(onwithdraw).toHaveBeenCalledExactlyOnceWith({ is: 'pupils' });

    await dialog.getByRole('button', { name: 'Dar permiso a alguien' }).click();
    await dialog.getByRole('radio', { name: 'Algunas personas' }).click();
    await expect.element(dialog.getByRole('button', { name: 'Dar permiso' })).toBeDisabled();
    await dialog.getByRole('radio', { name: 'Una clase o un equipo' }).click();
    await dialog.getByRole('radio', { name: 'Hasta un día' }).click();
    await dialog.getByLabelText('Último día').fill('2026-11-26');
    await expect.element(dialog.getByRole('button', { name: 'Dar permiso' })).toBeDisabled();
    await dialog.getByLabelText('Último día').fill('2026-12-04');
    await accessible('giving');
    await dialog.getByRole('button', { name: 'Dar permiso' }).click();
    expect(onpermit).toHaveBeenCalledExactlyOnceWith([{ is: 'group', group }], '2026-12-04');
    await expect.element(dialog.getByRole('button', { name: 'Dar permiso a alguien' })).toBeVisible();
  });

  test('[BR8, PA5] beside a class to tick from nothing lies over anything else', async () => {
    const pupil = {
      role: 'pupil',
      me: false,
      mark: 'sent',
      groups: [],
      adult: false,
      homeHere: true
    } as const;
    const rest = { endedByHome: false, ownPupil: true, waitingOwnPassword: false } as const;
    const members = Array.from({ length: 30 }, (_, at): MemberRow => {
      const account = uuid(`pupil ${at}`) as AccountId;
      return { ...pupil, ...rest, account, display: `Alumno ${at}` };
    });
    await render(PermitDialog, {
      title: 'El Ebro',
      grants: [],
      groups: [],
      members,
      today,
      onpermit: () => Promise.resolve(done),
      onwithdraw: () => Promise.resolve(done),
      onclose: () => undefined
    });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Dar permiso a alguien' }).click();
    await dialog.getByRole('radio', { name: 'Algunas personas' }).click();
    const last = dialog.getByRole('checkbox').all().at(-1)?.element();
    const until = dialog.getByRole('group', { name: '¿Hasta cuándo?' }).element();
    expect(last?.getBoundingClientRect().bottom).toBeLessThan(until.getBoundingClientRect().top);
  });

  test('[G15, G16, PE23] whoever may not write sees the greyed button, the reason and who can give it', async () => {
    await render(WhyNot, { why: 'permission', who: ['Marta Ruiz', 'Luca B'] });
    const button = page.getByRole('button', { name: 'Escribir' });
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText('Pídelo a: Marta Ruiz y Luca B.').first()).toBeVisible();
    await accessible('why not');
  });

  test('[PA7] the trash says since when, with what and for how long; what cannot be brought back says why', async () => {
    const onrestore = vi.fn();
    const trashed = { title: 'El Ebro', by: 'Marta Ruiz', on: today, under: 2, daysLeft: 1 };
    await render(TrashList, {
      pages: [
        { ...trashed, id: pageId('El Ebro') },
        { ...trashed, id: pageId('Otra'), title: 'Otra', under: 0, daysLeft: 29, reason: 'No es tuya.' }
      ],
      onrestore
    });
    await expect.element(page.getByText('con 2 páginas dentro')).toBeVisible();
    await expect.element(page.getByText('Queda 1 día')).toBeVisible();
    await page.getByRole('button', { name: 'Recuperar' }).first().click();
    expect(onrestore).toHaveBeenCalledOnce();
    await expect
      .element(page.getByRole('button', { name: 'Recuperar' }).nth(1))
      .toHaveAttribute('aria-disabled');
    await accessible('trash');
  });
});

describe('a page that is read aloud', () => {
  /** A device that says what it is given as soon as the test lets it. */
  class Device implements Speaker {
    readonly said: { readonly text: string; readonly lang: string; readonly told: Told }[] = [];
    readonly #langs: readonly string[];

    constructor(...langs: readonly string[]) {
      this.#langs = langs;
    }

    voices(): readonly Voice[] {
      return this.#langs.map((lang) => ({ lang, name: lang, default: false, localService: true }));
    }

    say(text: string, { lang }: Voice, told: Told): void {
      this.said.push({ text, lang, told });
    }

    hush(): void {}

    onvoices(): () => void {
      return () => undefined;
    }

    get last() {
      return this.said.at(-1);
    }
  }

  const marked = (): string => Array.from(CSS.highlights.get('said') ?? [], String).join();
  const root = document.createElement('div');
  afterEach(() => root.remove());

  test('[PV4] sentence by sentence, each word marked; paused and gone on with from the same word; stopped', async () => {
    root.innerHTML =
      '<h2 data-say>El Ebro</h2><p data-say>Nace en <strong>Fontibre</strong>. Y baja<span class="visually-hidden"> (no)</span>.</p>';
    document.body.append(root);
    const device = new Device('en-GB', 'es-ES');
    await render(ReadAloud, { root, lang: 'es', speaker: device });
    await page.getByRole('button', { name: 'Leer en voz alta' }).click();
    expect([device.last?.text, device.last?.lang]).toEqual(['El Ebro', 'es-ES']);
    device.last?.told.onend();
    expect(device.last?.text).toBe('Nace en Fontibre. ');
    device.last?.told.onword(8, 8);
    expect(marked()).toBe('Fontibre');
    await page.getByRole('button', { name: 'Pausa' }).click();
    await page.getByRole('button', { name: 'Seguir leyendo' }).click();
    expect(device.last?.text).toBe('Fontibre. ');
    device.last?.told.onend();
    expect(device.last?.text).toBe('Y baja.');
    await accessible('reading aloud');
    device.last?.told.onend();
    await expect.element(page.getByRole('button', { name: 'Leer en voz alta' })).toBeVisible();
    expect(marked()).toBe('');
    await page.getByRole('button', { name: 'Leer en voz alta' }).click();
    await page.getByRole('button', { name: 'Parar' }).click();
    await expect.element(page.getByRole('button', { name: 'Parar' })).not.toBeInTheDocument();
    expect(root.querySelector('[data-saying]')).toBeNull();
  });

  test('[PV4] where no voice speaks the page’s language, the greyed button says so', async () => {
    document.body.append(root);
    await render(ReadAloud, { root, lang: 'es', speaker: new Device('en-GB') });
    const button = page.getByRole('button', { name: 'Leer en voz alta' });
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    await expect.element(button).toHaveAccessibleDescription(/no tiene ninguna voz/);
  });
});
