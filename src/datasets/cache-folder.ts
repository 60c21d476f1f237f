import envPaths from 'env-paths';

/** Where what was fetched once stays for all projects of a user: CNNSLICER_CACHE, or the user's cache folder as the system names it. */
export function cacheFolder(): string {
  return process.env['CNNSLICER_CACHE'] ?? envPaths('cnnslicer', {suffix: ''}).cache;
}
