import type {Picture as Pixels} from '../../shared/index.js';
import {Picture} from '../charts/picture.js';
import * as sampleRowsStyles from './sample-rows.module.css';

/** A cell of a table of samples; says so where there is no picture, as what it shows was not stored. */
export function PictureCell({label, picture}: {label: string; picture: Pixels | undefined}) {
  return (
    <td>
      {picture ? (
        <Picture label={label} picture={picture} />
      ) : (
        <span class={sampleRowsStyles.noPicture}>not stored</span>
      )}
    </td>
  );
}
