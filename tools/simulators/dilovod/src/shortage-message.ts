import { type Big } from 'big.js';

/** A good of which more is needed than is free. Quantities in pieces. */
export interface Shortage {
  readonly goodId: string;
  readonly name: string;
  readonly code: string;
  readonly productNum: string;
  readonly needed: Big;
  readonly free: Big;
}

/** The refusal of a posting as the service words it: one string, HTML inside, one block after another. */
export function shortageMessage(shortages: readonly Shortage[]): string {
  return `applicationLayerError Документ не збережено. Недостатня кількість. ${shortages.map(block).join(' ')}`;
}

function block(shortage: Shortage): string {
  const open = `openForm({object : makeLink(${shortage.goodId}), target: "mini"})`;
  const name = `<span style='cursor:pointer;text-decoration:underline' onclick='${open}'>${shortage.name}</span>`;
  const account = `Рахунок <span style='cursor:pointer'>281 Товари на складі</span>`;
  const missing = shortage.needed.minus(shortage.free);
  return (
    `${name} | Код: ${shortage.code} | Артикул: ${shortage.productNum} | ${account}. ` +
    `Потрібно: ${shortage.needed.toFixed()} шт | Вільний залишок: ${shortage.free.toFixed(3)} шт | Недостатньо: ${missing.toFixed()} шт.`
  );
}
