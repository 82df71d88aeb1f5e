import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom. Tags stand in each project's package.json; a vendor's code never meets the other vendor's. */
export const boundaries = [
  { sourceTag: 'type:kernel', onlyDependOnLibsWithTags: [], allowedExternalImports: ['big.js', 'fast-check'] },
  { sourceTag: 'type:domain', onlyDependOnLibsWithTags: ['type:kernel'], allowedExternalImports: ['libphonenumber-js', 'libphonenumber-js/*', 'fast-check'] },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['type:kernel', 'type:domain'] },
  { sourceTag: 'type:client', onlyDependOnLibsWithTags: ['type:kernel', 'type:simulator'], bannedExternalImports: ['@nestjs/*'] },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:kernel', 'type:domain', 'type:contracts', 'type:platform'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:kernel', 'type:domain', 'type:contracts', 'type:platform'] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:kernel', 'type:domain', 'type:contracts', 'type:platform', 'type:client', 'type:testing'],
  },
  { sourceTag: 'type:simulator', onlyDependOnLibsWithTags: ['type:simulator-kit'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'type:shop', onlyDependOnLibsWithTags: ['type:kernel', 'type:simulator', 'type:simulator-kit'] },
  { sourceTag: 'vendor:keycrm', notDependOnLibsWithTags: ['vendor:dilovod'] },
  { sourceTag: 'vendor:dilovod', notDependOnLibsWithTags: ['vendor:keycrm'] },
];

/** A spec may also use simulators and test servers. */
export const specBoundaries = boundaries.map((rule) =>
  rule.onlyDependOnLibsWithTags ? { ...rule, onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:testing', 'type:simulator', 'type:simulator-kit'] } : rule,
);

const impure = ['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'console', 'performance', 'crypto'];

const style = [
  { selector: 'ExportDefaultDeclaration', message: 'No default exports: a name is found by searching for it.' },
  { selector: 'TSEnumDeclaration', message: 'No enum: use a union of literals.' },
];

/** A cut at a unit tears characters apart, and what is torn no database takes. */
const ofTexts = '/(message|text|html|words|body|remark|name|title|label|value|comment|kind|note)$/i';
const fromTheStart = 'CallExpression[callee.property.name=/^(slice|substring|substr)$/][arguments.0.value=0][arguments.length=2]';
const tornTexts = {
  selector: `${fromTheStart}:matches([callee.object.name=${ofTexts}], [callee.object.property.name=${ofTexts}])`,
  message: 'Texts are cut by whole characters: cutText of @kds/kernel.',
};

export default [
  { ignores: ['**/dist/**', '**/node_modules/**', 'reports/**', '.nx/**'] },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints: boundaries }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        ...style,
        tornTexts,
      ],
      'max-params': ['error', 4],
    },
  },
  {
    files: ['**/*.spec.ts'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints: specBoundaries }],
      'no-restricted-syntax': ['error', ...style],
    },
  },
  {
    files: ['libs/sync-domain/src/**/*.ts', 'libs/kernel/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure.map((name) => ({ name, message: 'The domain is pure: pass it in as an argument.' }))],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*', 'fs', 'path', 'crypto', 'http'], message: 'The domain is pure: it touches nothing outside.' }] }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The domain has no clock: pass the moment in.' },
        { object: 'Math', property: 'random', message: 'The domain has no chance: pass it in.' },
      ],
      'no-restricted-syntax': [
        'error',
        ...style,
        tornTexts,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'The domain has no clock: pass the moment in.' },
        { selector: ':function[async=true]', message: 'The domain is pure: nothing in it waits.' },
      ],
    },
  },
];
