import {render} from 'preact';
import './styles/base.css';
import './styles/shell.css';
import './styles/panels.css';
import './styles/charts.css';
import './styles/channels.css';
import './styles/layers.css';
import './styles/query.css';
import {App} from './shell/app.js';
import {listenForKeys} from './shell/keyboard.js';
import {applyTheme} from './shell/theme.js';
import {runClock} from './state/clock.js';
import {keepLink} from './state/link.js';
import {watchRuns} from './state/runs.js';
import {followLayers} from './state/tables.js';

keepLink();
applyTheme();
watchRuns();
followLayers();
runClock();
listenForKeys();

const root = document.getElementById('app');
if (root) render(<App />, root);
