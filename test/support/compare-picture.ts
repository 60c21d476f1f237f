import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import pixelmatch from 'pixelmatch';
import {PNG} from 'pngjs';

/** Where the pictures to be compared with are, and where a picture that differs is left with its difference. */
const referenceFolder = 'test/fixtures/pictures';
const differenceFolder = 'build/pictures';

/** Colours may differ by so much, 0..1, and so many pixels of a picture may differ by more: 2 in 1000. */
const threshold = 0.1;
const differingShare = 0.002;

/** `npm run pictures` sets it: pictures that differ by a single pixel are written again, the others stay. */
const renew = process.env['CNNSLICER_RENEW_PICTURES'] === '1';

/**
 * Compares a picture with the one of the same name under `test/fixtures/pictures`. Edges that are smoothed differently
 * do not count.
 *
 * @returns What is wrong and where to look at it; null where nothing is.
 */
export async function pictureProblem(name: string, taken: Buffer): Promise<string | null> {
  const problem = await differenceOf(name, taken, renew ? 0 : differingShare);
  if (problem === null || !renew) return problem;
  await save(join(referenceFolder, `${name}.png`), taken);
  return null;
}

async function differenceOf(name: string, taken: Buffer, share: number): Promise<string | null> {
  const reference = join(referenceFolder, `${name}.png`);
  const expected = await readFile(reference).catch(() => null);
  const saved = join(differenceFolder, `${name}.png`);
  if (expected === null) {
    await save(saved, taken);
    return `There is no picture ${reference}. If ${saved} is right, run "npm run pictures".`;
  }
  const [actual, wanted] = [PNG.sync.read(taken), PNG.sync.read(expected)];
  const {width, height} = wanted;
  if (actual.width !== width || actual.height !== height) {
    await save(saved, taken);
    return `${name} is ${actual.width} x ${actual.height} pixels, not ${width} x ${height}: see ${saved}.`;
  }
  const difference = new PNG({width, height});
  const pixels = pixelmatch(actual.data, wanted.data, difference.data, width, height, {threshold});
  if (pixels <= share * width * height) return null;
  await save(saved, taken);
  await save(join(differenceFolder, `${name}.difference.png`), PNG.sync.write(difference));
  return (
    `${pixels} pixels of ${name} differ from ${reference}: see ${saved} and ${name}.difference.png beside it. ` +
    'If that is how it should look, run "npm run pictures".'
  );
}

async function save(file: string, picture: Buffer): Promise<void> {
  await mkdir(dirname(file), {recursive: true});
  await writeFile(file, picture);
}
