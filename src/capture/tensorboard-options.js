import { pixelsOf } from '../shared/layer-size.js';
import { z } from 'zod';
export const TENSORBOARD_FORMS = 'must be true, false, a directory or {dir, capacity, featureMaps, hparams}';
const PAIRS = "must be pairs of layer names, e.g. [['conv2d_1', 'conv2d_2']]";
const DIRECTORY = 'must be the path of a directory';
const HPARAM = 'must be a text, a finite number or a boolean';
const COUNT = 'must be an integer >= 0 (probe samples)';
export const tensorBoardSchema = z.union([
    z.boolean(),
    z.string().min(1, TENSORBOARD_FORMS),
    z.strictObject({
        dir: z.string(DIRECTORY).min(1, DIRECTORY).optional(),
        capacity: z.array(z.tuple([z.string(), z.string()], PAIRS), PAIRS).optional(),
        featureMaps: z.number(COUNT).int(COUNT).min(0, COUNT).optional(),
        hparams: z
            .record(z.string(), z.union([z.string(), z.number(), z.boolean()], HPARAM), HPARAM)
            .optional(),
    }),
], TENSORBOARD_FORMS);
/**
 * Fills in the defaults.
 *
 * @param absolute - Makes a directory's path absolute.
 * @returns Null if nothing is to be written.
 */
export function resolveTensorBoard(option, absolute) {
    if (option === false)
        return null;
    const given = typeof option === 'object' ? option : typeof option === 'string' ? { dir: option } : {};
    const dir = given.dir === undefined ? null : absolute(given.dir);
    return { featureMaps: 1, hparams: {}, ...given, dir };
}
/**
 * The layer pairs to draw.
 *
 * @param layers - The L axis.
 * @throws {RangeError} if a layer is not captured.
 */
export function capacityPairs({ capacity }, layers) {
    if (!capacity) {
        const [first, second] = convolutions(layers);
        return first && second ? [[first.name, second.name]] : [];
    }
    const known = layers.map(({ name }) => name);
    const missing = capacity.flat().find(name => !known.includes(name));
    if (missing !== undefined) {
        throw new RangeError(`options.tensorboard.capacity: layer "${missing}" is not captured; captured are ${known.join(', ')}.`);
    }
    return [...capacity];
}
/** Convolutions with maps of more than one value, and named tensors that are such maps, whatever made them. */
export function convolutions(layers) {
    return layers.filter(layer => /Conv|^Tensor$/.test(layer.className) && pixelsOf(layer) > 1);
}
//# sourceMappingURL=tensorboard-options.js.map