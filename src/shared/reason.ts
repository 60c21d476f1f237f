/** Why a measure has no value. */
export type Reason =
  | 'never-predicted' // the class is in no prediction: its column of the confusion matrix is empty
  | 'never-seen' // the class is in no label: its row is empty
  | 'single-value' // one value per map (a dense unit): a histogram of one value says nothing
  | 'no-samples' // the class or set has no sample
  | 'non-finite' // every sample holds a NaN or an Infinity
  | 'too-few-samples' // fewer samples than the estimator needs
  | 'no-edges' // the neighbour graph has no edge of weight > 0
  | 'no-variance' // all samples are equal
  | 'failed' // the measure threw; the recorder warned of it
  | 'not-recorded'; // the version that wrote the run did not store it
