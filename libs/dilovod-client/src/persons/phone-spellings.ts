/**
 * The ways in which a phone may have been typed into Dilovod, at most 50, for an exact `IL` look-up. `phone` is E.164; Ukrainian numbers get all
 * usual prefixes and groupings, others the two plain forms.
 */
export function phoneSpellings(phone: string): readonly string[] {
  const digits = phone.replace(/\D/g, '');
  const ukrainian = /^380(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  if (ukrainian === null) return [`+${digits}`, digits, `00${digits}`];
  const [, operator = '', a = '', b = '', c = ''] = ukrainian;
  const plain = [`+${digits}`, digits, digits.slice(2), digits.slice(1), digits.slice(3), `00${digits}`];
  const locals = [`${a}${b}${c}`, `${a}-${b}-${c}`, `${a} ${b} ${c}`];
  const domestic = locals.flatMap((local) => [`0${operator} ${local}`, `0${operator}-${local}`, `(0${operator}) ${local}`, `(0${operator})${local}`]);
  const bracketed = locals.flatMap((local) => [
    `+38 (0${operator}) ${local}`,
    `+38(0${operator})${local}`,
    `+38 0${operator} ${local}`,
    `38 (0${operator}) ${local}`,
    `38(0${operator})${local}`,
  ]);
  const international = locals.flatMap((local) => [`+380 ${operator} ${local}`, `+380 (${operator}) ${local}`, `+380(${operator})${local}`]);
  const dashed = [`0${operator}-${a}-${b}-${c}`, `+38-0${operator}-${a}-${b}-${c}`, `+380-${operator}-${a}-${b}-${c}`, `+380${operator}-${a}-${b}-${c}`];
  const spaced = [`+380${operator} ${a} ${b} ${c}`];
  const longDistance = [`8-0${operator}-${a}-${b}-${c}`, `8 (0${operator}) ${a}-${b}-${c}`, `8(0${operator})${a}${b}${c}`];
  return [...new Set([...plain, ...dashed, ...spaced, ...longDistance, ...domestic, ...bracketed, ...international])].slice(0, 50);
}
