import type {Claim} from '../claim.js';

const GOOD = 0.9;

export const convergence: Claim = {
  id: 'fig05-convergence',
  figure: 'fig5',
  paper: 'Training converges in fewer epochs with a larger input.',
  statistic: 'epochs to a validation accuracy of 0.9: the small input minus the large one',
  threshold: 0,
  otherwise: 'both may be there within the first epoch.',
  async measure(lab, seed) {
    const rows = [];
    const epochs = [];
    for (const size of [lab.plan.small, lab.plan.large]) {
      const cube = await lab.mnist(seed, size);
      const logs = (await cube.table('logs')).filter(({name}) => name === 'val_acc');
      rows.push(...logs.map(({epoch, value}) => ({seed, size, epoch, validation_accuracy: value})));
      // Never there counts as one epoch more than were trained.
      epochs.push(logs.find(({value}) => (value ?? 0) >= GOOD)?.epoch ?? lab.plan.mnistEpochs + 1);
    }
    return {value: (epochs[0] ?? 0) - (epochs[1] ?? 0), rows};
  },
};
