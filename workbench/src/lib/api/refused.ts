// Answers that are none.

/** An answer other than 200: the status, the server's sentence, and what else it sent. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly body: unknown,
  ) {
    super(message);
  }
}

/** The server does not answer at all. */
export class Unreachable extends Error {}
