import { cutText } from '@kds/kernel';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

export function redactKey(apiKey: string): Redact {
  return (text) => text.replaceAll(apiKey, '(key)');
}

const maxWords = 300;

/** A stranger's words made fit for a log and a screen: no secret, HTML, e-mail address or phone number; one line of at most 300 characters. */
export function plainText(text: string, redact: Redact): string {
  const words = cutText(redact(text), 4000)
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/[\w.+-]{1,64}@[\w.-]{1,255}/g, '(e-mail)')
    .replace(/(?<![\w.])(\+\d[\d ()-]{7,18}\d|(38)?0\d{9})(?!\w)/g, '(phone)')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return cutText(words, maxWords);
}
