import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IdleLock } from '#lib/session/idle-lock.ts';

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

  test('[SE7] a session that has ended is not ended again, and no timer stays', () => {
    const lock = vi.fn();
    new IdleLock(() => 10, lock).close();
    pass(60);
    tab.dispatchEvent(new Event('visibilitychange'));
    expect(lock).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
