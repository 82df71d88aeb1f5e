export { type ApiAnswer, type ApiFailure, done } from './api-answer.js';
export { canonicalJson } from './canonical-json.js';
export { dayBefore } from './day-before.js';
export { compare, decimal, type Decimal, dividedBy, isNegative, isZero, minus, negated, parseDecimal, plus, type Rounding, roundTo, times, zero } from './decimal.js';
export { kopeck, kopecksAround, percentOf, spread, toKopeck } from './money.js';
export { type FailureCode, failureCodes } from './failure-codes.js';
export { failure, ok, type Result } from './result.js';
export { cleanText, cleanTexts, cutText } from './text.js';
