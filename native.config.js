import everyTime from './ava.config.js';

/** What a backend can change, on the native one. */
export default {
  ...everyTime,
  files: [
    'test/{capture,deconvnet,model,training}/**/*.ts',
    '!test/training/tensorboard-events.ts',
    'test/long/architectures.ts',
  ],
  nodeArguments: ['--import=./build/test/support/on-native.js'],
};
