import { chromium, expect, firefox, type Browser, type Locator, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { journeyChromium } from '#relay/ops/browsers.mjs';
import { patience, type Device, type Engine, type Place, type Thing, type Words } from './engine.ts';

/** Chromium and Debian's Firefox, by Playwright. */
export class PlayedEngine implements Engine {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(name: 'chromium' | 'firefox'): Promise<PlayedEngine> {
    const executablePath = journeyChromium();
    const browser =
      name === 'chromium'
        ? await chromium.launch({
            ...(executablePath ? { executablePath } : {}),
            args: ['--no-sandbox', '--disable-gpu']
          })
        : await firefox.launch({
            channel: 'moz-firefox',
            executablePath: fileURLToPath(new URL('firefox-over-bidi.mjs', import.meta.url))
          });
    return new PlayedEngine(browser);
  }

  async device(width: number, height: number): Promise<Device> {
    const context = await this.#browser.newContext({
      locale: 'es-ES',
      viewport: { width, height },
      ignoreHTTPSErrors: true
    });
    return new PlayedDevice(await context.newPage());
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

class PlayedDevice implements Device {
  readonly #page: Page;
  readonly #complaints: string[] = [];

  constructor(page: Page) {
    this.#page = page;
    page.setDefaultTimeout(patience);
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(message.text());
    });
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  async url(): Promise<string> {
    return Promise.resolve(this.#page.url());
  }

  async click(thing: Thing): Promise<void> {
    await this.#first(thing).click();
  }

  async fill(thing: Thing, text: string): Promise<void> {
    await this.#first(thing).fill(text);
  }

  async types(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(keys: string): Promise<void> {
    await this.#page.keyboard.press(keys);
  }

  async drags(thing: Thing, places: readonly Place[]): Promise<void> {
    const first = this.#first(thing);
    await first.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await first.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    for (const [at, [across, down]] of places.entries()) {
      await this.#page.mouse.move(x + across * width, y + down * height);
      if (at === 0) await this.#page.mouse.down();
    }
    await this.#page.mouse.up();
  }

  async chooses(path: string): Promise<void> {
    await this.#page.locator('input[type=file]').setInputFiles(path);
  }

  async sees(thing: Thing): Promise<string> {
    const first = this.#first(thing);
    await expect(first).toBeVisible();
    return (await first.textContent()) ?? '';
  }

  async holds(thing: Thing, value: Words): Promise<void> {
    await expect(this.#first(thing)).toHaveValue(value);
  }

  async misses(thing: Thing): Promise<void> {
    await expect(this.#all(thing)).toHaveCount(0);
  }

  async becomes(condition: () => boolean | Promise<boolean>): Promise<void> {
    await expect.poll(() => this.#page.evaluate(condition).catch(() => false)).toBe(true);
  }

  async evaluate<Given, Gives>(what: (given: Given) => Gives | Promise<Gives>, given: Given): Promise<Gives> {
    return this.#page.evaluate<Gives, Given>(what as never, given as never);
  }

  async complaints(): Promise<readonly string[]> {
    return Promise.resolve(this.#complaints);
  }

  async screen(): Promise<string> {
    return `${this.#page.url()}\n${await this.#page.locator('body').innerText()}`;
  }

  async close(): Promise<void> {
    await this.#page.context().close();
  }

  #first(thing: Thing): Locator {
    return this.#all(thing).first();
  }

  #all(thing: Thing): Locator {
    if ('role' in thing) return this.#page.getByRole(thing.role, { name: thing.name, exact: true });
    if ('field' in thing) return this.#page.getByLabel(thing.field, { exact: true });
    return this.#page.getByText(thing.text, { exact: true }).filter({ visible: true });
  }
}
