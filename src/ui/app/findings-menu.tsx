import {useEffect} from 'preact/hooks';
import type {Finding} from '../../shared/index.js';
import {viewOfFinding} from '../model/view-of-finding.js';
import {findings, findingsWanted} from '../state/findings.js';
import {update} from '../state/view-state.js';
import {Menu} from '../kit/menu.js';
import {useCopy} from '../kit/use-copy.js';
import {Failure} from '../kit/failure.js';
import * as buttonStyles from '../kit/button.module.css';
import * as panelMessageStyles from '../kit/panel-message.module.css';
import * as styles from './findings-menu.module.css';

/** Lists the findings of the run, each with its confidence; a click leads to where it is seen. */
export function FindingsMenu() {
  const found = findings.value.value;
  const text = found ? `Findings (${found.length})` : 'Findings';
  return (
    <Menu label="what stands out in this run" buttonText={text} button={text} class={buttonStyles.root}>
      {close => <FindingList close={close} />}
    </Menu>
  );
}

function FindingList({close}: {close: () => void}) {
  useEffect(() => {
    findingsWanted.value = true;
  }, []);
  const error = findings.error.value;
  const found = findings.value.value;
  if (error) {
    return <Failure message={error.message} onRetry={() => findings.retry()} />;
  }
  if (!found) return <p class={panelMessageStyles.root}>Looking through the run…</p>;
  if (found.length === 0) return <p class={panelMessageStyles.root}>Nothing stands out in this run.</p>;
  return (
    <ol class={styles.list}>
      {found.map(finding => (
        <Entry key={`${finding.kind} ${finding.title}`} finding={finding} close={close} />
      ))}
    </ol>
  );
}

function Entry({finding, close}: {finding: Finding; close: () => void}) {
  const {copied, copy} = useCopy();
  const {title, level, confidence, evidence} = finding;
  return (
    <li class={level === 'attention' ? styles.attention : undefined}>
      <p>{title}</p>
      <p class="faint">
        Confidence: {confidence.grade}, {confidence.why}.
      </p>
      <div class={styles.tools}>
        <button
          type="button"
          class={`${buttonStyles.root} ${buttonStyles.small}`}
          onClick={() => {
            update(viewOfFinding(finding));
            close();
          }}
        >
          Show
        </button>
        <button
          type="button"
          class={`${buttonStyles.root} ${buttonStyles.small}`}
          title={evidence}
          onClick={() => void copy(evidence)}
        >
          {copied ? 'Query copied' : 'Copy query'}
        </button>
      </div>
    </li>
  );
}
