import {render} from 'preact';
import './styles/base.css';
import {App} from './app/app.js';
import {listenForKeys} from './app/keyboard.js';
import {applyTheme} from './kit/theme.js';
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
