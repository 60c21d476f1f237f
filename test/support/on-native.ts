/** Preloaded into a test's process, it makes the native backend the one that tfjs picks by itself. */
import {loadNative} from './native.js';

await loadNative();
