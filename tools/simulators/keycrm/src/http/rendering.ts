import { Big } from '../decimals.js';
import { microsForm, plainForm } from '../moments.js';
import type { Switches } from '../switches.js';

/** A date that the real API writes without a zone where others have one. */
export class PlainDate {
  constructor(readonly at: Date) {}
}

export function plainDate(at: Date | null): PlainDate | null {
  return at === null ? null : new PlainDate(at);
}

type Forms = Pick<Switches, 'numberForm' | 'dateForm'>;

/**
 * Turns an answer as the account means it into JSON as it is sent: decimals (`Big`) and dates take the form that the switches ask for, keys that
 * are `undefined` vanish, everything else stays.
 */
export function render(value: unknown, forms: Forms): unknown {
  if (value instanceof Big) return renderNumber(value, forms);
  if (value instanceof Date) return forms.dateForm === 'plain' ? plainForm(value) : microsForm(value);
  if (value instanceof PlainDate) return forms.dateForm === 'micros' ? microsForm(value.at) : plainForm(value.at);
  if (Array.isArray(value)) return value.map((item) => render(item, forms));
  if (typeof value !== 'object' || value === null) return value;
  const rendered: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) if (inner !== undefined) rendered[key] = render(inner, forms);
  return rendered;
}

function renderNumber(value: Big, forms: Forms): number | string {
  if (forms.numberForm === 'plain') return value.toNumber();
  return value.toFixed(forms.numberForm === 'strings2' ? 2 : 3);
}
