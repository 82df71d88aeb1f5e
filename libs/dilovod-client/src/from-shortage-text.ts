import { cutText, type Decimal, parseDecimal } from '@kds/kernel';
import { toPlainText } from './plain-text.js';

/** One good that a posting lacked. `free` is stock without what other orders reserve. */
export interface DilovodShortGood {
  readonly goodId?: string;
  readonly name: string;
  readonly code?: string;
  readonly productNum?: string;
  readonly needed: Decimal;
  readonly free: Decimal;
  readonly missing: Decimal;
  readonly unit: string;
}

const number = String.raw`(-?[\d ]{1,24}(?:[.,]\d{1,12})?)`;
const quantities = new RegExp(String.raw`^\s*${number}([^|<\d]{0,40})\|\s*Вільний залишок:\s*${number}[^|]{0,60}\|\s*Недостатньо:\s*${number}[^<.|]{0,40}\.?`, 'u');

const goodLink = /makeLink\(["']?(11003\d{11})["']?\)[^>]{0,200}>([^<]{0,500})</;

/**
 * Reads the goods out of Dilovod's refusal of a posting: one block per good, each a link with the name, then `Код`, `Артикул` and the
 * quantities, HTML in between. Blocks that do not look so are left out.
 */
export function fromShortageText(html: string): readonly DilovodShortGood[] {
  const [preamble = '', ...blocks] = cutText(html, 65_536).split('Потрібно:');
  let about = preamble.replace(/^[\s\S]*Недостатня кількість\.?/u, '');
  return blocks.flatMap((block) => {
    const match = quantities.exec(block);
    const good = match === null ? undefined : shortGood(about, match);
    about = block.slice(match?.[0].length ?? 0);
    return good ?? [];
  });
}

function shortGood(about: string, [, needs, unit = '', has, lacks]: RegExpExecArray): DilovodShortGood | undefined {
  const needed = toQuantity(needs);
  const free = toQuantity(has);
  const missing = toQuantity(lacks);
  if (needed === undefined || free === undefined || missing === undefined) return undefined;
  const [, goodId, linked] = goodLink.exec(about) ?? [];
  const text = toPlainText(about);
  return {
    goodId,
    name: linked === undefined ? (text.split('|', 1)[0] ?? '').trim() : toPlainText(linked),
    code: labelled(text, 'Код'),
    productNum: labelled(text, 'Артикул'),
    needed,
    free,
    missing,
    unit: unit.trim(),
  };
}

function labelled(text: string, label: string): string | undefined {
  const value = text.split('|').find((part) => part.trim().startsWith(`${label}:`));
  return value?.trim().slice(label.length + 1).trim() || undefined;
}

function toQuantity(text: string | undefined): Decimal | undefined {
  return parseDecimal(text?.replaceAll(' ', '').replace(',', '.'));
}
