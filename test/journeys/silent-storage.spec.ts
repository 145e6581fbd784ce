import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { allSent } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[NW11] a database that never opens says so, and then what to do', async ({ tablet }) => {
  const { page, context } = await tablet();
  await context.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...of) {
      // Asked for and never answered: another database of that name serves as one that nobody listens to.
      const silent = open.apply(this, [`${of[0]}-silent`]);
      const never = new EventTarget() as unknown as IDBOpenDBRequest;
      return Object.assign(never, { silent });
    };
  });
  await page.goto('/pupil-login');
  await expect(page.getByText('Está tardando más de lo normal')).toBeVisible();
  await expect(page.getByText('Este dispositivo no contesta')).toBeVisible();
  await expect(page.getByText(/díselo a quien cuida de las tabletas: storage silent/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Volver a cargar' })).toBeVisible();
});

test('[NW11] a full disk at the first visit is said, and the start goes on by itself once there is room', async ({
  tablet
}) => {
  const { page, context } = await tablet();
  await context.addInitScript(() => {
    const { transaction } = IDBDatabase.prototype;
    Object.assign(globalThis, { full: true });
    IDBDatabase.prototype.transaction = function (...of) {
      if ((globalThis as unknown as { full: boolean }).full && of[1] === 'readwrite')
        throw new DOMException('no room', 'QuotaExceededError');
      return transaction.apply(this, of);
    };
  });
  await page.goto('/login');
  await expect(page.getByText('Aquí no se puede leer ni guardar')).toBeVisible();
  await expect(page.getByText(/Haz sitio/)).toBeVisible();
  await page.evaluate(() => void Object.assign(globalThis, { full: false }));
  await expect(page.getByText('Aquí no se puede leer ni guardar')).toHaveCount(0);
  await page.getByLabel('Usuario').fill('nadie.aqui.1');
  await page.getByLabel('Contraseña', { exact: true }).fill('tigre7luna');
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
});

test('[NW11] a write that is never answered says so, and a clock that is far off stops no start', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page, context } = desk;
  await context.addInitScript(() => {
    const { now } = Date;
    const far = 10_000 * 365 * 86_400_000;
    globalThis.Date = class extends Date {
      constructor(...of: [] | [number]) {
        super(...((of.length === 0 ? [now() + far] : of) as [number]));
      }
    } as DateConstructor;
    Date.now = () => now() + far;
  });
  await begin(desk, relay, space);
  await allSent(page);
  // Somebody holds all tables and never lets go, as a browser whose database hangs.
  await page.evaluate(async () => {
    const opening = indexedDB.open('twinspace');
    const db = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    const hold = (): void => {
      const all = db.transaction([...db.objectStoreNames], 'readwrite');
      const again = (): void => {
        if (!(globalThis as { free?: boolean }).free) all.objectStore('device').count().onsuccess = again;
      };
      again();
    };
    hold();
  });
  await expect(page.getByText('Este dispositivo no contesta')).toBeVisible();
  await page.evaluate(() => void Object.assign(globalThis, { free: true }));
  await expect(page.getByText('Este dispositivo no contesta')).toHaveCount(0);
});
