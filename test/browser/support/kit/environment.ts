/** In Kit's place: which version this is. */
export const version = 'in a test';
