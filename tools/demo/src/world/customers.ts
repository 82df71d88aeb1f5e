export interface Customer {
  /** How the view calls them. */
  readonly firstName: string;
  readonly fullName: string;
  readonly phone: string;
  readonly email?: string;
}

/** Invented people. The apostrophes of the second one have broken many a system. */
export const customers = {
  olena: { firstName: 'Олена', fullName: 'Олена Зразкова', phone: '067 123 45 67' },
  mariana: { firstName: "Мар'яна", fullName: "Дем'янчук Мар'яна Лук'янівна", phone: '+380 50 222 33 44', email: 'mariana@example.com' },
  taras: { firstName: 'Тарас', fullName: 'Тарас Новенко', phone: '093 777 11 22' },
  tarasAgain: { firstName: 'Тарас', fullName: 'Новенко Тарас', phone: '+38 (093) 777-11-22' },
  iryna: { firstName: 'Ірина', fullName: 'Ірина Дарувальна', phone: '0661112233' },
  bohdan: { firstName: 'Богдан', fullName: 'Богдан Вагайло', phone: '380973334455' },
  sofiia: { firstName: 'Софія', fullName: 'Софія Квапливенко', phone: '+380631234500' },
  yurii: { firstName: 'Юрій', fullName: 'Юрій Повернюк', phone: '067-900-10-20' },
  halyna: { firstName: 'Галина', fullName: 'Галина Гуртова', phone: '0501239876' },
  nazar: { firstName: 'Назар', fullName: 'Назар Передумко', phone: '0987654300' },
  lesia: { firstName: 'Леся', fullName: 'Леся Майстриня', phone: '+38 068 400 50 60' },
  orest: { firstName: 'Орест', fullName: 'Орест Первак', phone: '0930001122' },
} as const satisfies Readonly<Record<string, Customer>>;

/** Who drops in between the stories of the day. */
export const passersBy: readonly Customer[] = [
  { firstName: 'Анна', fullName: 'Анна Стрижак', phone: '0671110001' },
  { firstName: 'Павло', fullName: 'Павло Гнатюк', phone: '0671110002' },
  { firstName: 'Зоя', fullName: 'Зоя Кушнір', phone: '0671110003' },
  { firstName: 'Роман', fullName: 'Роман Білик', phone: '0671110004' },
  { firstName: 'Ніна', fullName: 'Ніна Савчук', phone: '0671110005' },
];

const firstNames: ReadonlyMap<string, string> = new Map([...Object.values(customers), ...passersBy].map(({ fullName, firstName }) => [fullName, firstName]));

/** How to call the buyer whom KeyCRM knows by this full name; empty for none. */
export function firstNameOf(fullName: string): string {
  return firstNames.get(fullName) ?? fullName;
}
