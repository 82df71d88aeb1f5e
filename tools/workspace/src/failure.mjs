/** Something that the reader of the terminal can do something about; the message is all that is shown. */
export class Failure extends Error {}
