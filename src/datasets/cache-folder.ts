import envPaths from 'env-paths';

/** Folder for downloads, shared by all projects of a user: CNNSLICER_CACHE, or the system's cache folder of the user. */
export function cacheFolder(): string {
  return process.env['CNNSLICER_CACHE'] ?? envPaths('cnnslicer', {suffix: ''}).cache;
}
