import type {ResolveHook} from 'node:module';

/** Gives the files of a shared process our `ava.ts` where they import AVA. */
export const resolve: ResolveHook = (specifier, context, next) =>
  specifier === 'ava'
    ? {url: new URL('ava.js', import.meta.url).href, shortCircuit: true}
    : next(specifier, context);
