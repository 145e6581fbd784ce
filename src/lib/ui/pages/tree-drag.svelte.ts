import type { PageId } from '#lib/domain/ids.ts';
import type { OverPage } from '#lib/ui/pages/drop-place.ts';
import type { PagePlace } from '#lib/ui/pages/page-entry.ts';

/** Milliseconds for which a finger rests before what is under it is lifted. */
const rests = 450;
/** CSS pixels: a mouse lifts what it moves so far; a finger that moves further scrolls. */
const [lifts, slips] = [6, 10];
/** CSS pixels from the window's edges where the page scrolls along, and by how much each time. */
const [edge, along] = [56, 14];

/** What can be dragged, and where to. */
export interface Draggable {
  /** Whether this page may be put elsewhere. */
  readonly may: (page: PageId) => boolean;
  /** Where it would come to stand; undefined: it cannot. */
  readonly place: (page: PageId, over: PageId, where: OverPage) => PagePlace | undefined;
  readonly drop: (page: PageId, place: PagePlace) => void;
}

/** Where something is held that can be let go there. */
interface Over {
  readonly page: PageId;
  readonly where: OverPage;
  readonly place: PagePlace;
}

/**
 * Pages of a list are put elsewhere by hand: a mouse pulls a row, a finger rests on it first. Escape lets everything be as
 * it was. Whoever uses keys has the menu of each page.
 */
export class TreeDrag {
  /** What is held. */
  page: PageId | undefined = $state();
  /** Where it would be put. */
  over: Over | undefined = $state.raw();
  readonly #how: Draggable;
  #pressed:
    { readonly page: PageId; readonly pointer: number; readonly x: number; readonly y: number } | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #dropped = false;

  constructor(how: Draggable) {
    this.#how = how;
  }

  /** Begins to listen on the element of the list, whose rows bear `data-row`; the answer ends it. */
  readonly listen = (list: HTMLElement): (() => void) => {
    const ending = new AbortController();
    const { signal } = ending;
    list.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    list.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
    list.addEventListener('click', (event) => this.#click(event), { signal, capture: true });
    list.addEventListener('contextmenu', (event) => this.page && event.preventDefault(), { signal });
    // A finger that holds something does not scroll.
    list.addEventListener('touchmove', (event) => this.page && event.preventDefault(), {
      signal,
      passive: false
    });
    window.addEventListener('pointermove', (event) => this.#move(event), { signal });
    window.addEventListener('pointerup', (event) => this.#up(event), { signal });
    window.addEventListener('pointercancel', () => this.#end(), { signal });
    window.addEventListener('keydown', (event) => event.key === 'Escape' && this.#end(), { signal });
    return () => {
      this.#end();
      ending.abort();
    };
  };

  #down({ target, button, isPrimary, pointerId, pointerType, clientX, clientY }: PointerEvent): void {
    this.#end();
    this.#dropped = false;
    const page = rowAt(target)?.page;
    const onButton = target instanceof Element && target.closest('button') !== null;
    if (!page || onButton || button !== 0 || !isPrimary || !this.#how.may(page)) return;
    this.#pressed = { page, pointer: pointerId, x: clientX, y: clientY };
    if (pointerType !== 'mouse') this.#resting = setTimeout(() => (this.page = page), rests);
  }

  #move({ pointerId, pointerType, clientX, clientY }: PointerEvent): void {
    const pressed = this.#pressed;
    if (pressed?.pointer !== pointerId) return;
    const far = Math.hypot(clientX - pressed.x, clientY - pressed.y);
    if (!this.page) {
      if (pointerType === 'mouse' && far > lifts) this.page = pressed.page;
      else if (pointerType !== 'mouse' && far > slips) return this.#end();
    }
    if (!this.page) return;
    if (clientY < edge) scrollBy(0, -along);
    else if (clientY > innerHeight - edge) scrollBy(0, along);
    this.over = this.#overAt(this.page, clientX, clientY);
  }

  #up({ pointerId }: PointerEvent): void {
    if (this.#pressed?.pointer !== pointerId) return;
    const { page, over } = this;
    this.#dropped = page !== undefined;
    this.#end();
    if (page && over) this.#how.drop(page, over.place);
  }

  /** Whatever was let go over a link does not follow it. */
  #click(event: MouseEvent): void {
    if (!this.#dropped) return;
    this.#dropped = false;
    event.preventDefault();
    event.stopPropagation();
  }

  #end(): void {
    clearTimeout(this.#resting);
    this.#pressed = undefined;
    this.page = undefined;
    this.over = undefined;
  }

  #overAt(page: PageId, x: number, y: number): Over | undefined {
    const row = rowAt(document.elementFromPoint(x, y));
    if (!row) return undefined;
    const { top, height } = row.element.getBoundingClientRect();
    const at = (y - top) / height;
    const where = at < 0.3 ? 'before' : at > 0.7 ? 'after' : 'inside';
    const place = this.#how.place(page, row.page, where);
    return place && { page: row.page, where, place };
  }
}

function rowAt(
  target: EventTarget | null
): { readonly element: HTMLElement; readonly page: PageId } | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return element ? { element, page: element.dataset['row'] as PageId } : undefined;
}
