/** Every suite runs through this one file; a suite's suffix tells what it needs (see docs/architecture.md). */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@kds/source', 'node'] },
  testMatch: ['**/src/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false }, target: 'es2024', keepClassNames: true }, module: { type: 'es6' }, swcrc: false }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)(?<!\\.json)\\.js$': '$1' },
  testTimeout: 60_000,
};
