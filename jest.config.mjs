/** Every suite runs through this one file; a suite's suffix tells what it needs (see docs/architecture.md). */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@kds/source', 'node'] },
  testMatch: ['**/src/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false }, target: 'es2024', keepClassNames: true }, module: { type: 'es6' }, swcrc: false }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)(?<!\\.json)\\.js$': '$1' },
  testTimeout: 60_000,
  // `FAST_CHECK_SEED=42` gives every property test that seed, so that a run can be repeated, or made with others.
  setupFiles: process.env.FAST_CHECK_SEED ? [`${import.meta.dirname}/tools/workspace/src/fast-check-seed.mjs`] : [],
};
