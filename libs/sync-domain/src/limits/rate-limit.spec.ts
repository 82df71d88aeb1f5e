import fc from 'fast-check';
import { lowerLimit, raiseLimit } from './rate-limit.js';

const declared = fc.integer({ min: 1, max: 600 });
const minutes = fc.array(fc.oneof(fc.record({ passed: fc.nat(1_000) }), fc.constant(null)), { maxLength: 200 });

test('K8 E8: the learnt limit is never above the declared one, and never below five or what is declared', () => {
  fc.assert(
    fc.property(declared, minutes, (limit, story) => {
      let current = limit;
      for (const refused of story) {
        current =
          refused === null
            ? raiseLimit({ declared: limit, current })
            : lowerLimit({ declared: limit, current }, refused.passed);
        expect(current).toBeLessThanOrEqual(limit);
        expect(current).toBeGreaterThanOrEqual(Math.min(5, limit));
        expect(Number.isInteger(current)).toBe(true);
      }
    }),
  );
});

test('K8 E8: a refusal lowers a limit above the floor, a quiet minute raises one below the declared', () => {
  fc.assert(
    fc.property(
      declared,
      fc.nat(1_000),
      (limit, passed) => limit <= 5 || lowerLimit({ declared: limit, current: limit }, passed) < limit,
    ),
  );
  fc.assert(
    fc.property(
      declared,
      declared,
      (limit, current) => current >= limit || raiseLimit({ declared: limit, current }) > current,
    ),
  );
});

test('K8 E8: with so many requests a minute left by others, the learnt limit comes near that and stays there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 600 }), fc.double({ min: 0.15, max: 1, noNaN: true }), (limit, share) => {
      const left = Math.max(5, Math.floor(limit * share));
      let current = limit;
      for (let minute = 0; minute < 60; minute += 1) {
        current =
          current > left ? lowerLimit({ declared: limit, current }, left) : raiseLimit({ declared: limit, current });
        if (minute >= 12) expect(current).toBeGreaterThanOrEqual(Math.floor(left * 0.5));
        if (minute >= 25) expect(current).toBeLessThanOrEqual(Math.min(limit, left + Math.max(1, limit * 0.05)));
      }
    }),
  );
});

test('K8 E8: after others have gone the declared limit is used again in half an hour or so', () => {
  fc.assert(
    fc.property(declared, (limit) => {
      let current = Math.min(5, limit);
      for (let minute = 0; minute < 35; minute += 1) current = raiseLimit({ declared: limit, current });
      expect(current).toBe(limit);
    }),
  );
});
