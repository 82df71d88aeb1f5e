import type { NarrationKind } from '../narrate/narration.js';
import type { Look } from './spans.js';

/** Who a line is about, and how it looks; the mark is at most eight characters. */
export const looksOfNarration: Readonly<Record<NarrationKind, { readonly mark: string; readonly look?: Look }>> = {
  starting: { mark: 'start …', look: 'dim' },
  started: { mark: 'start ✓', look: 'green' },
  deed: { mark: 'shop', look: 'bold' },
  seen: { mark: '      ✓', look: 'green' },
  missed: { mark: '      ✗', look: 'red' },
  dilovod: { mark: 'Dilovod', look: 'blue' },
  keycrm: { mark: 'KeyCRM', look: 'cyan' },
  held: { mark: 'held', look: 'yellow' },
  freed: { mark: 'freed', look: 'green' },
  care: { mark: 'care', look: 'magenta' },
};
