const latin: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ё: 'e', ж: 'zh', з: 'z', и: 'y', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ы: 'y', э: 'e', ю: 'iu', я: 'ia',
};

/** A name as its alias spells it: in Latin letters, words joined by underscores. */
export function aliasOf(name: string): string {
  const spelt = [...name.toLowerCase().replace(/['’ʼьъ]/g, '')].map((letter) => latin[letter] ?? letter).join('');
  return spelt.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}
