// Documents are the same in every form of output. What they say of the command line is left out here: there is a button for it.

const COMMAND = "`detente ";

/** A text without its sentences that name a command. */
export function withoutCommands(text: string): string {
  if (!text.includes(COMMAND)) return text;
  return text
    .split(/(?<=[.!?]) (?=[\p{Lu}`“])/u)
    .filter((sentence) => !sentence.includes(COMMAND))
    .join(" ");
}
