import type { FileHash, MediaId } from '#lib/domain/ids.ts';
import { limits } from '#lib/protocol/limits.ts';
import { signIn } from './browser.ts';
import type { FilledRelay } from './filled-relay.ts';
import { median, ms, type Measured } from './measure.ts';
import { title, type Stand } from './picture-stand.ts';

/** In milliseconds. */
const budget = { list: 500 } as const;
const library = 2_000;

/** The list of all pictures of a TwinSpace that has many: its first screen, and scrolling through it. */
export async function pictureList({ chrome, filled }: Stand): Promise<readonly Measured[]> {
  for (let at = 0; at < library; at += limits.changesPerRequest) {
    const count = Math.min(limits.changesPerRequest, library - at);
    await filled.send(await Promise.all(Array.from({ length: count }, () => announced(filled))));
  }
  const context = await chrome.newContext({ locale: 'es-ES', viewport: { width: 1180, height: 820 } });
  const page = await context.newPage();
  await signIn(page, filled);
  await page.goto(`${filled.relay.address}/space/${filled.space}/pages`);
  await page.getByRole('link', { name: title }).first().waitFor();
  const more = page.getByRole('button', { name: 'Más opciones' });
  const door = page.getByRole('menuitem', { name: 'Fotos, vídeos y voces' });
  await more.click();
  await door.waitFor();
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    times.push(
      await door.evaluate(async (link) => {
        const start = performance.now();
        (link as HTMLElement).click();
        while (!document.querySelector('[role=listitem] input[type=checkbox], li input[type=checkbox]'))
          await new Promise(requestAnimationFrame);
        return performance.now() - start;
      })
    );
    if (round < 4) {
      await page.goBack();
      await more.click();
      await door.waitFor();
    }
  }
  const time = median(times);
  const long = await page.evaluate(async () => {
    const blocked: number[] = [];
    const watch = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocked.push(duration);
    });
    watch.observe({ entryTypes: ['longtask'] });
    for (let at = 0; at < 120; at++) {
      scrollBy(0, 600);
      await new Promise(requestAnimationFrame);
    }
    await new Promise((done) => setTimeout(done, 300));
    return { blocked, far: scrollY };
  });
  await context.close();
  return [
    {
      what: `list of ${library} pictures: first screen`,
      value: ms(time),
      expected: { text: `≤ ${budget.list} ms`, holds: time <= budget.list }
    },
    {
      what: `scrolling ${long.far.toFixed(0)} pixels of it: long tasks`,
      value: String(long.blocked.length),
      expected: { text: 'none', holds: long.blocked.length === 0 && long.far > 0 }
    }
  ];
}

function announced(filled: FilledRelay): ReturnType<FilledRelay['sign']> {
  const media = crypto.randomUUID() as string as MediaId;
  const hash = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url') as string;
  const args = { media, kind: 'webp', bytes: 10_000, width: 640, height: 480 } as const;
  return filled.sign({ name: 'media.add', args: { ...args, hash: hash as FileHash } });
}
