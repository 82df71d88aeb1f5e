import fc from 'fast-check';

/** Runs before every suite when `FAST_CHECK_SEED` is set. */
const seed = Number(process.env.FAST_CHECK_SEED);
if (!Number.isSafeInteger(seed))
  throw new RangeError(`FAST_CHECK_SEED is no whole number: ${process.env.FAST_CHECK_SEED}`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
