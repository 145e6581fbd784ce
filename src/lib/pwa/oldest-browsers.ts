/**
 * BR5: the oldest browsers in which the app runs. Safari 16.4 is the first with lookbehind in regular expressions, and the
 * last iPads that iPadOS 17 left behind have it; the others are of the same spring (Firefox 115 is a long-lived release).
 */
export const oldestBrowsers = { safari: '16.4', chrome: '111', firefox: '115' } as const;
