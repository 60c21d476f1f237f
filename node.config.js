import everyTime from './ava.config.js';

/**
 * What a version of Node can change: files, threads, processes and the callback in them. What only computes, or looks at
 * models, says the same on each Node.
 */
export default {
  ...everyTime,
  files: [
    'test/{metrics/simd,store,tensorboard,server,processes}/**/*.ts',
    'test/recorder/*.ts',
    'test/capture/{cnn-slicer,cnn-slicer-reports,custom-loop}.ts',
    'test/training/{custom-loop-{misuse,process},full-disk,isolation,native,other-starts,process-end,repeated-fit}.ts',
    'test/long/process-end.ts',
    '!test/store/hostile.ts',
    '!test/server/{busy,foreign-pages}.ts',
  ],
};
