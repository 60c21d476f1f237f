import type {Picture as Pixels} from '../../shared/index.js';
import {Picture} from '../charts/picture.js';
import * as sampleRowsStyles from './sample-rows.module.css';

export interface PictureCellProps {
  label: string;
  picture: Pixels | undefined;
  /** Why there is no picture, where there is none; default that what it shows was not stored. */
  missing?: 'loading…' | 'not loaded' | 'not stored';
}

/** A cell of a table of samples; says why where there is no picture. */
export function PictureCell({label, picture, missing = 'not stored'}: PictureCellProps) {
  return (
    <td>
      {picture ? (
        <Picture label={label} picture={picture} />
      ) : (
        <span class={sampleRowsStyles.noPicture}>{missing}</span>
      )}
    </td>
  );
}
