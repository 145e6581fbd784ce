import { StartRefusal } from '#relay/start-refusal.ts';

/** What a command of the technician's comes to. */
export type CommandAnswer = { readonly text: string } | { readonly refusal: string };

/** Runs a command of the technician's: one line on standard output, or why not on standard error and exit code 1. */
export async function runCommand(command: () => Promise<CommandAnswer>): Promise<void> {
  let answer: CommandAnswer;
  try {
    answer = await command();
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error;
    answer = { refusal: error.message };
  }
  if ('text' in answer) process.stdout.write(`${answer.text}\n`);
  else {
    process.stderr.write(`${answer.refusal}\n`);
    process.exitCode = 1;
  }
}
