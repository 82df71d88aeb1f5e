import { addMinutes, minutesOf, timeOf } from './clock-time.js';

test('times and minutes', () => {
  expect([minutesOf('09:30'), timeOf(570.9), addMinutes('09:50', 75)]).toEqual([570, '09:30', '11:05']);
});
