import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'build/',
      'node_modules/',
      '.venv/',
      '.venv-bench/',
      '.wireit/',
      'runs/',
      'assembly/',
      'bench/results/',
      'src/shared/notation/grammar.js',
      'src/ui/**/*.module.d.css.ts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: {allowDefaultProject: ['vite.config.ts']},
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-empty': ['error', {allowEmptyCatch: false}],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        {'ts-expect-error': 'allow-with-description', 'ts-ignore': true},
      ],
    },
  },
  {
    files: ['*.js', 'scripts/**/*.mjs', '.ci/**/*.mjs'],
    languageOptions: {globals: {...globals.node, ...globals.browser}},
  },
  prettier,
);
