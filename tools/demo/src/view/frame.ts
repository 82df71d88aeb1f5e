import type { TimedNarration } from '../narrate/narration.js';
import { intervals, requestsPerMinute, type YogaShop } from '../world/shop.js';
import type { RequestCount } from '../world/request-meter.js';
import type { ShopState } from '../world/shop-state.js';
import { goodTable } from './good-table.js';
import { looksOfNarration } from './narration-looks.js';
import { orderTable } from './order-table.js';
import { fit, type Row, type Span } from './spans.js';

/** Everything that the view shows at one moment. */
export interface Scene {
  readonly title: YogaShop['title'];
  readonly time: string;
  readonly speed: number;
  readonly pids: Readonly<Record<string, number>>;
  readonly requests: { readonly keycrm: RequestCount; readonly dilovod: RequestCount };
  readonly state: ShopState;
  readonly narration: readonly TimedNarration[];
  /** What is at the bottom: how to stop, and where everything can be reached. */
  readonly footer: readonly string[];
}

/** The whole picture, as many rows as the terminal has. */
export function frameOf(scene: Scene, { width, height }: { readonly width: number; readonly height: number }): readonly Row[] {
  const goods = goodTable(scene.state.goods, width);
  const footer = scene.footer.map((text): Row => [{ text, look: 'dim' }]);
  const fixed = [...headerOf(scene, width), blank];
  const free = height - fixed.length - goods.length - footer.length - 3;
  const ordersHeight = Math.min(scene.state.orders.length + 1, Math.max(4, Math.floor(free * 0.6)));
  const orders = orderTable(scene.state.orders, { width, height: ordersHeight });
  const talk = scene.narration.slice(-Math.max(1, free - orders.length)).map(toRow);
  const rows = [...fixed, ...orders, blank, ...goods, blank, ...talk];
  const filler = Array.from({ length: Math.max(0, height - rows.length - footer.length) }, () => blank);
  return [...rows, ...filler, ...footer].slice(0, height);
}

const blank: Row = [];

function headerOf({ title, time, speed, pids, requests, state: { ledger } }: Scene, width: number): readonly Row[] {
  const right = `shop's clock ${time}${speed === 1 ? '' : `  ×${speed}`} `;
  const services = Object.entries(pids).flatMap(([name, pid]): Span[] => [{ text: '● ', look: 'green' }, { text: name }, { text: ` pid ${pid}   `, look: 'dim' }]);
  const { keycrm, dilovod } = requests;
  return [
    [{ text: fit(` ${title}: a day of a small shop between KeyCRM and Dilovod`, width - right.length) + right, look: 'title' }],
    services,
    [
      { text: 'KeyCRM ', look: 'bold' },
      { text: `${gauge(keycrm.lastMinute, requestsPerMinute)} ${keycrm.lastMinute} of ${requestsPerMinute} requests/min   ` },
      { text: 'Dilovod ', look: 'bold' },
      { text: `${dilovod.lastMinute} requests/min, one at a time   ` },
      { text: `waiting ${ledger.waiting}   drift repaired ${ledger.drift.length}   answers lost ${ledger.doubts.length}` },
    ],
    [{ text: `Played fast: stock and prices are read every ${intervals.stock}, orders polled every ${intervals.orders}; a real shop has 10 min, 2 min and 5 min.`, look: 'dim' }],
  ];
}

function gauge(value: number, limit: number): string {
  const filled = Math.min(10, Math.round((10 * value) / limit));
  return `${'▮'.repeat(filled)}${'▯'.repeat(10 - filled)}`;
}

function toRow({ time, kind, text }: TimedNarration): Row {
  const { mark, look } = looksOfNarration[kind];
  return [{ text: `${time} `, look: 'dim' }, { text: `${fit(mark, 8)} `, look }, { text, look: kind === 'deed' ? 'bold' : look }];
}
