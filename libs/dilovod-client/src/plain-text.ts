import { cleanText, cutText } from '@kds/kernel';

const readAtMost = 16_384;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A vendor's text without HTML and scripts, on one line. Only the first 16 KiB are looked at. */
export function toPlainText(html: string): string {
  const text = cutText(html, readAtMost)
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[a-z!/](?:"[^"]*"|'[^']*'|[^'"<>])*>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/<[a-z!/][^>]*$/i, ' ')
    .replace(/&(?:#(\d{1,6})|([a-z]{2,5}));/gi, (whole, digits: string | undefined, name: string | undefined) =>
      digits === undefined ? (entities[(name ?? '').toLowerCase()] ?? whole) : fromCodePoint(Number(digits)),
    )
    .replace(/\s+/g, ' ')
    .trim();
  return cleanText(text);
}

/** A plain text fit for people and logs: phones and e-mail addresses masked, at most 300 characters. */
export function toShortText(html: string): string {
  const text = toPlainText(html)
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g, '…@…')
    .replace(/(?<!\d)\+?380\d{9}(?!\d)/g, '+380…');
  return cutText(text, 300);
}

function fromCodePoint(code: number): string {
  return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
