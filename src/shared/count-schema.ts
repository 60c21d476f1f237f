import {z} from 'zod';

/** How many: an integer >= 0. */
export const count = z.number().int().nonnegative();

/** How many, at least one. */
export const positive = z.number().int().positive();
