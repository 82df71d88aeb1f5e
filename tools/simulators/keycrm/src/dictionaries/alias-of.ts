/** As aliases of a real account spell them; letters that none of those held (г, ї, щ, ю) follow their neighbours. */
const latin: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'je', ё: 'e', ж: 'z', з: 'z', и: 'i', і: 'i', ї: 'ji',
  й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'x', ц: 'c',
  ч: 'c', ш: 's', щ: 'sc', ы: 'i', э: 'e', ю: 'yu', я: 'ya',
};

/** A name as its alias spells it: in Latin letters, words joined by underscores; apostrophes and slashes vanish. */
export function aliasOf(name: string): string {
  const spelt = [...name.toLowerCase().replace(/['’ʼьъ/]/g, '')].map((letter) => latin[letter] ?? letter).join('');
  return spelt.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}
