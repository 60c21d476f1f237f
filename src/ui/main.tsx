import {render} from 'preact';
import './styles/base.css';
import {App} from './app/app.js';
import {listenForKeys} from './app/keyboard.js';
import {followTitle} from './app/page-title.js';
import {applyTheme} from './kit/theme.js';
import {startState} from './state/start.js';

startState();
applyTheme();
listenForKeys();
followTitle();

const root = document.getElementById('app');
if (root) render(<App />, root);
