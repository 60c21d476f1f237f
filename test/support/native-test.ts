import test, {type ExecutionContext} from 'ava';
import {nativeInstalled} from './native.js';

/** A test on the native backend: without it the test is skipped, and its line says how to get it. */
export function nativeTest(title: string, run: (t: ExecutionContext) => Promise<void>): void {
  const howTo = 'no native backend: run "npm run setup:native" first';
  if (nativeInstalled) test.serial(title, run);
  else test.skip(`${title} [${howTo}]`, run);
}
