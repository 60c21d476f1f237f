export default {
  files: ['test/**/*.ts', '!test/support/**', '!test/long/**'],
  typescript: {rewritePaths: {'test/': 'build/test/'}, compile: false},
  workerThreads: false,
  environmentVariables: {TF_CPP_MIN_LOG_LEVEL: '2'},
  timeout: '3m',
};
