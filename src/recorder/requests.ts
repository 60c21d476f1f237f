import type {RunStatus} from '../shared/index.js';
import type {
  ActivationBatch,
  EpochCapture,
  OpenedRun,
  RecordedEpoch,
  RecorderSetup,
} from '../shared/recording/recorder.js';
import type {StageFailure} from '../shared/recording/stages.js';

/** A request of the training thread to the recorder thread. */
export type Request =
  | {id: number; type: 'open'; setup: RecorderSetup}
  | {id: number; type: 'batch'; batch: ActivationBatch}
  | {id: number; type: 'record'; capture: EpochCapture}
  | {id: number; type: 'close'; status: RunStatus};

/** The answer to the request with the same id. */
export type Reply =
  | {id: number; value: OpenedRun | RecordedEpoch | StageFailure[] | undefined}
  | {id: number; error: Error};
