/** AP8: with what the relay's line begins that tells the link to found the first TwinSpace; the app names it, too. */
export const setUpLine = 'Set up the first TwinSpace:';
