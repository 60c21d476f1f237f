/**
 * Memory at a fixed place, which the caller leaves alone: below it the compiler takes nothing to be, and an address that
 * is known when compiling costs nothing.
 */
export const SCRATCH: usize = 1024;
export const SCRATCH_BYTES: usize = 16384;
