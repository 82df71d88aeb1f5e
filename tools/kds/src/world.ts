/** What the program sees of the machine that it runs on. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal; Infinity where the output is no terminal. */
  readonly width: number;
  /** Who runs it, as the operating system knows them. */
  readonly operator: string;
  readonly now: () => Date;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}
