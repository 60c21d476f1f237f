import everyTime from './ava.config.js';

/** Tests of minutes: thousands of cases, kills, memory, downloads, other versions of TensorFlow.js. */
export default {...everyTime, files: ['test/long/**/*.ts']};
