import { toPersonWanted } from './person-key.js';

test('A12: an e-mail arrives as KeyCRM holds it, and its buyer is recognised however it is written', () => {
  const [typed, shouted] = ['Some.One@Example.com', 'SOME.ONE@EXAMPLE.COM'].map((email) => toPersonWanted({ fullName: 'Олена Зразкова', phone: null, email }));
  expect(typed).toEqual({ key: 'email:some.one@example.com', name: 'Олена Зразкова', phone: null, phones: [], email: 'Some.One@Example.com' });
  expect(shouted?.key).toBe(typed?.key);
});
