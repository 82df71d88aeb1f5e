/** Minutes after midnight of a time such as `09:30`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The time, such as `09:30`, that is this many minutes after midnight. */
export function timeOf(minutes: number): string {
  const whole = Math.floor(minutes);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${twoDigits(Math.floor(whole / 60))}:${twoDigits(whole % 60)}`;
}

export function addMinutes(time: string, minutes: number): string {
  return timeOf(minutesOf(time) + minutes);
}
