/** What the API answers instead of doing what it was asked: the text of `error`, or of `errorMessage` in answers to `call`. */
export class Refusal extends Error {}

/** A refusal by business rules, as posting gives it. */
export function applicationRefusal(text: string): Refusal {
  return new Refusal(`applicationLayerError Документ не збережено. ${text}`);
}
