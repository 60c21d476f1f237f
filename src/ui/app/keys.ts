import {VIEWS} from '../model/views.js';

/** Keys that do one thing, as `KeyboardEvent.key` names them; with `Shift+` before it, while Shift is held. */
export interface KeyHelp {
  keys: readonly string[];
  does: string;
}

/** Every key that does something of ours, by the place that must have the focus. */
export const keyHelp: readonly {where: string; keys: readonly KeyHelp[]}[] = [
  {
    where: 'Anywhere',
    keys: [
      {keys: ['ArrowLeft', 'ArrowRight'], does: 'previous, next captured epoch'},
      {keys: ['Home', 'End'], does: 'first, last epoch'},
      {keys: [' '], does: 'play or stop'},
      {keys: VIEWS.map((_, i) => String(i + 1)), does: VIEWS.map(({title}) => title).join(', ')},
      {keys: ['[', ']'], does: 'previous, next layer'},
      {keys: ['/'], does: 'write a query'},
      {keys: ['Escape'], does: 'close what is open, zoom out'},
      {keys: ['?'], does: 'this list'},
    ],
  },
  {
    where: 'A panel',
    keys: [{keys: ['i'], does: 'what its numbers mean, and how far to trust them'}],
  },
  {
    where: 'Matrix, heatmap, grids',
    keys: [
      {keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], does: 'move from cell to cell'},
      {keys: ['PageUp', 'PageDown'], does: 'ten rows up, down'},
      {keys: ['Home', 'End'], does: 'first, last cell of the row; with Ctrl of the grid'},
      {keys: ['+', '-', '0'], does: 'zoom in, zoom out, show the whole grid'},
      {keys: ['Enter'], does: 'open the cell'},
      {keys: ['Escape'], does: 'leave the cell'},
    ],
  },
  {
    where: 'Small charts, circles',
    keys: [
      {keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], does: 'move from one to the next'},
      {keys: ['Enter'], does: 'open it, zoom into the class'},
      {keys: ['Escape'], does: 'zoom out, leave the cell'},
    ],
  },
  {
    where: 'Bars',
    keys: [
      {keys: ['ArrowLeft', 'ArrowRight'], does: 'previous or next layer, and announce its values'},
      {keys: ['Home', 'End'], does: 'first, last layer'},
      {keys: ['Enter'], does: 'choose the layer'},
    ],
  },
  {
    where: 'Runs',
    keys: [
      {keys: ['ArrowUp', 'ArrowDown'], does: 'previous, next run; down from the search box, the first'},
      {keys: ['PageUp', 'PageDown'], does: 'a page of runs up, down'},
      {keys: ['Home', 'End'], does: 'first, last run'},
      {keys: ['Enter'], does: 'show the run alone'},
      {keys: [' '], does: 'compare it, or no longer'},
    ],
  },
  {
    where: 'Architecture',
    keys: [
      {keys: ['ArrowUp', 'ArrowDown'], does: 'previous, next layer'},
      {keys: ['ArrowLeft', 'ArrowRight'], does: 'close, open a block'},
      {keys: ['Home', 'End'], does: 'first, last layer'},
      {keys: ['Enter', ' '], does: 'choose the layer'},
      {keys: ['Shift+Enter'], does: 'make a pair with the layer chosen before'},
      {keys: ['Escape'], does: 'empty the search box'},
    ],
  },
  {
    where: 'Hypercube, classes, epochs',
    keys: [
      {keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], does: 'cut; with Shift, a range'},
      {keys: ['Home', 'End'], does: 'first, last class or epoch'},
      {keys: ['Enter'], does: 'ask what is cut'},
      {keys: ['Escape'], does: 'take everything again'},
    ],
  },
  {
    where: 'Query',
    keys: [
      {keys: ['ArrowUp', 'ArrowDown'], does: 'choose what may follow'},
      {keys: ['Tab', 'Enter'], does: 'take what is chosen; Enter asks'},
      {keys: ['Escape'], does: 'close the list, leave the box'},
    ],
  },
  {
    where: 'Opened channel',
    keys: [{keys: ['ArrowLeft', 'ArrowRight'], does: 'previous, next channel'}],
  },
  {
    where: 'Epoch number',
    keys: [
      {keys: ['Enter'], does: 'go to the epoch typed'},
      {keys: ['Escape'], does: 'forget what is typed'},
    ],
  },
];
