export function money(a: string): string { return a; }
