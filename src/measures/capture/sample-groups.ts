/** Samples that are measured together. */
export interface SampleGroup {
  /** Class index; null is every sample. */
  label: number | null;
  /** Sample indices, ascending. */
  members: Int32Array;
}

/** All samples, then those of each class in class order; a class without samples has no members. */
export function sampleGroups(labels: Int32Array, classes: number): SampleGroup[] {
  const samples = Int32Array.from(labels.keys());
  const ofClass = (label: number) => samples.filter(sample => labels[sample] === label);
  return [
    {label: null, members: samples},
    ...Array.from({length: classes}, (_, label) => ({label, members: ofClass(label)})),
  ];
}
