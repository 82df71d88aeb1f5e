/** A text and the place in the repository where it would stand. */
export interface PlantedText {
  readonly file: string;
  readonly code: string;
}

/** A text that breaks one rule, beside one in the same place that breaks none. */
export interface Plant {
  readonly what: string;
  /** The tag whose entry in `boundaries` must catch it; none for rules about a single file. */
  readonly tag?: string;
  readonly file: string;
  readonly bad: string;
  readonly good: string;
  /** What the report must contain. */
  readonly caughtBy: string;
}

export interface LintRequest {
  readonly workspace: string;
  readonly texts: readonly PlantedText[];
}

export interface LintAnswer {
  readonly boundaries: readonly { readonly sourceTag: string; readonly onlyDependOnLibsWithTags?: readonly string[] }[];
  /** For each text what was found in it, as «rule (message id): message». */
  readonly found: readonly (readonly string[])[];
}
