import text from '#lib/ui/pages/page-text.css?raw';
import tokens from '#lib/ui/tokens.css?raw';

/** The look of pages that are taken home: the app's own. */
export const homeStyles = { tokens, text } as const;
