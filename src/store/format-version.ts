import {z} from 'zod';
import {FORMAT_VERSION} from '../shared/index.js';

/** The versions that are read: this one and all before it. */
export const formatVersion = z.int().min(1).max(FORMAT_VERSION);

/** The same, in words. */
export const READ_VERSIONS =
  FORMAT_VERSION > 1 ? `versions 1..${FORMAT_VERSION}` : `version ${FORMAT_VERSION}`;
