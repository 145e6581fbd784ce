import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IdleLock } from '#lib/session/work/idle-lock.ts';

/** The window and the document of a tablet, as far as the lock listens to them. */
const page = new EventTarget();
const tab = new EventTarget();

/** So many minutes pass while the tablet is awake. */
const pass = (minutes: number): void => void vi.advanceTimersByTime(minutes * 60_000);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 10) });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('document', tab);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('when nobody touches the device', () => {
  test('[SE7] a session ends after as long as the TwinSpace says, once', () => {
    const lock = vi.fn();
    new IdleLock(() => 10, lock);
    pass(9.9);
    expect(lock).not.toHaveBeenCalled();
    pass(0.5);
    expect(lock).toHaveBeenCalledOnce();
    pass(60);
    expect(lock).toHaveBeenCalledOnce();
  });

  test.each(['pointerdown', 'keydown'])('[SE7] a touch begins the time anew: %s', (event) => {
    const lock = vi.fn();
    const idle = new IdleLock(() => 10, lock);
    for (let touch = 0; touch < 5; touch++) {
      pass(8);
      page.dispatchEvent(new Event(event));
    }
    expect(lock).not.toHaveBeenCalled();
    pass(11);
    expect(lock).toHaveBeenCalledOnce();
    idle.close();
  });

  test('[SE7] another choice of the TwinSpace holds from the next look on', () => {
    const lock = vi.fn();
    let minutes = 60;
    new IdleLock(() => minutes, lock);
    pass(20);
    expect(lock).not.toHaveBeenCalled();
    minutes = 10;
    pass(0.5);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('[SE7] a tablet that slept is locked when it is seen again', () => {
    const lock = vi.fn();
    new IdleLock(() => 10, lock);
    vi.setSystemTime(Date.UTC(2026, 10, 24, 15));
    tab.dispatchEvent(new Event('visibilitychange'));
    expect(lock).toHaveBeenCalledOnce();
  });

  test.each(['pointerdown', 'keydown'])(
    '[SE7] the touch that wakes a tablet which slept locks it, and does nothing else: %s',
    (name) => {
      const lock = vi.fn();
      const reached = vi.fn();
      new IdleLock(() => 10, lock);
      page.addEventListener(name, reached);
      vi.setSystemTime(Date.UTC(2026, 10, 24, 18));
      const event = new Event(name, { cancelable: true });
      page.dispatchEvent(event);
      expect(lock).toHaveBeenCalledOnce();
      expect(event.defaultPrevented).toBe(true);
      expect(reached).not.toHaveBeenCalled();
      page.removeEventListener(name, reached);
    }
  );

  test('[SE7] a clock that is turned back prolongs nothing, with or without a touch', () => {
    const lock = vi.fn();
    new IdleLock(() => 10, lock);
    vi.setSystemTime(Date.UTC(2026, 10, 23, 10));
    page.dispatchEvent(new Event('pointerdown'));
    expect(lock).not.toHaveBeenCalled();
    vi.setSystemTime(Date.UTC(2026, 10, 22, 10));
    pass(10.5);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('[SE7] work that still goes on is felt as a touch, and does not bring back what is over', () => {
    const lock = vi.fn();
    const idle = new IdleLock(() => 10, lock);
    pass(8);
    idle.touch();
    pass(8);
    expect(lock).not.toHaveBeenCalled();
    vi.setSystemTime(Date.UTC(2026, 10, 24, 18));
    idle.touch();
    expect(lock).toHaveBeenCalledOnce();
    idle.touch();
    expect(lock).toHaveBeenCalledOnce();
  });

  test("[SE7] a page that comes back out of the browser's keeping is looked at", () => {
    const lock = vi.fn();
    new IdleLock(() => 10, lock);
    vi.setSystemTime(Date.UTC(2026, 10, 24, 15));
    page.dispatchEvent(new Event('pageshow'));
    expect(lock).toHaveBeenCalledOnce();
  });

  test('[SE7] a session that has ended is not ended again, and no timer stays', () => {
    const lock = vi.fn();
    new IdleLock(() => 10, lock).close();
    pass(60);
    tab.dispatchEvent(new Event('visibilitychange'));
    expect(lock).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
