const lookAlikes: Readonly<Record<string, string>> = { a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', i: 'і', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у' };

/** A name without what people type differently: case, apostrophes, spaces, dashes, Latin letters that look Cyrillic, the order of its parts. */
export function foldName(name: string): string {
  return partsOf(name).join(' ');
}

function partsOf(name: string): readonly string[] {
  const letters = name.normalize('NFKC').toLowerCase().replace(/[\p{Cf}'’‘ʼ`´′ʹ"]/gu, '').replace(/\p{Pd}/gu, '-');
  const cyrillic = /[а-яіїєґ]/.test(letters);
  const folded = cyrillic ? letters.replace(/[a-z]/g, (letter) => lookAlikes[letter] ?? letter) : letters;
  return folded.split(/[\s,]+/).filter(Boolean).sort();
}

/** One name may lack what the other has, a patronymic for example; a single word is never enough. */
export function isNameWithin(a: string, b: string): boolean {
  const [shorter = [], longer = []] = [partsOf(a), partsOf(b)].sort((one, other) => one.length - other.length);
  return shorter.length >= 2 && shorter.every((part) => longer.includes(part));
}

/** Do two names, of which one may lack a part, call the same person? */
export function isCalledLike(a: string, b: string): boolean {
  return foldName(a) === foldName(b) || isNameWithin(a, b);
}
