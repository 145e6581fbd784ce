// npm run recovery-link -- <username>: prints a link with which this adult may choose a new password, once.
import { askRelay } from './ask-relay.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const [username] = process.argv.slice(2);
  if (!username) return { refusal: 'Say for whom: npm run recovery-link -- marta.rios.1' };
  const made = await askRelay({ make: 'recovery', username });
  if (!made) {
    return {
      refusal:
        `No adult here has the username ${username}. ` +
        `A pupil's password is set in the app, by the teacher who invited the pupil.`
    };
  }
  return { text: `Choose a new password (once, until ${made.expires}): ${made.link}` };
});
