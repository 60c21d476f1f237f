import type {LayersModel} from '../model/tensorflow.js';

/** Notices two fits at the same time with one callback: its hooks do not say of which fit they speak. */
export class OneFit {
  #watched: LayersModel | null = null;
  /** Models that are, or were, in a fit at the same time. */
  #rivals: {models: LayersModel[]; reported: boolean} | null = null;

  /** The model that a fit gives to the callback before it begins. */
  watch(model: LayersModel): void {
    const other = this.#watched;
    this.#watched = model;
    if (other && other !== model && isFitting(other))
      this.#rivals = {models: [other, model], reported: false};
  }

  /** True while two fits are under way. */
  isUnsure(): boolean {
    if (!this.#rivals?.models.every(isFitting)) this.#rivals = null;
    return this.#rivals !== null;
  }

  /** What is wrong with two fits under way; null where they were reported before. */
  newError(): Error | null {
    if (!this.#rivals || this.#rivals.reported) return null;
    this.#rivals.reported = true;
    return new Error(
      'another fit with this callback is under way; give each fit its own cnnSlicer and folder.',
    );
  }
}

/** tfjs does not declare `isTraining` in its types. */
function isFitting(model: LayersModel): boolean {
  return (model as unknown as {isTraining?: boolean}).isTraining === true;
}
