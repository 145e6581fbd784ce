// npm run founding-link: prints one more link with which an adult may found a TwinSpace on this relay.
import { askRelay } from './ask-relay.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const made = await askRelay({ make: 'founding' });
  if (!made) return { refusal: 'The relay would not make a founding link.' };
  return { text: `Found a TwinSpace (once, until ${made.expires}): ${made.link}` };
});
