export interface Customer {
  readonly fullName: string;
  readonly phone: string;
  readonly email?: string;
}

/** Invented people. The apostrophes of the second one have broken many a system. */
export const customers = {
  olena: { fullName: 'Олена Зразкова', phone: '067 123 45 67' },
  mariana: { fullName: "Дем'янчук Мар'яна Лук'янівна", phone: '+380 50 222 33 44', email: 'mariana@example.com' },
  taras: { fullName: 'Тарас Новенко', phone: '093 777 11 22' },
  tarasAgain: { fullName: 'Новенко Тарас', phone: '+38 (093) 777-11-22' },
  iryna: { fullName: 'Ірина Дарувальна', phone: '0661112233' },
  bohdan: { fullName: 'Богдан Вагайло', phone: '380973334455' },
  sofiia: { fullName: 'Софія Квапливенко', phone: '+380631234500' },
  yurii: { fullName: 'Юрій Повернюк', phone: '067-900-10-20' },
  halyna: { fullName: 'Галина Гуртова', phone: '0501239876' },
  nazar: { fullName: 'Назар Передумко', phone: '0987654300' },
  lesia: { fullName: 'Леся Майстриня', phone: '+38 068 400 50 60' },
  orest: { fullName: 'Орест Первак', phone: '0930001122' },
} as const satisfies Readonly<Record<string, Customer>>;

/** Who drops in between the stories of the day. */
export const passersBy: readonly Customer[] = [
  { fullName: 'Анна Стрижак', phone: '0671110001' },
  { fullName: 'Павло Гнатюк', phone: '0671110002' },
  { fullName: 'Зоя Кушнір', phone: '0671110003' },
  { fullName: 'Роман Білик', phone: '0671110004' },
  { fullName: 'Ніна Савчук', phone: '0671110005' },
];

/** How a KeyCRM `full_name` is addressed in the view: the first name, or whatever is there. */
export function firstNameOf(fullName: string): string {
  const known = [...Object.values(customers), ...passersBy].find((customer) => customer.fullName === fullName)?.fullName ?? fullName;
  return firstNames.find((name) => known.split(' ').includes(name)) ?? known.split(' ')[0] ?? '';
}

const firstNames = ["Мар'яна", 'Тарас'];
