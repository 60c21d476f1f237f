/**
 * The views of the page in the order of their tabs and number keys. Address, tabs, keys, help and layout follow this
 * list; `views/registry.ts` has what each draws, and the compiler asks for it.
 */
export const VIEWS = [
  {id: 'performance', title: 'Performance'},
  {id: 'layers', title: 'Layers'},
  {id: 'channels', title: 'Channels'},
] as const;

/** The name of a view in the address. */
export type ViewId = (typeof VIEWS)[number]['id'];

/** Names of the views, in order. */
export const viewIds = VIEWS.map(({id}) => id);
