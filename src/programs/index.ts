export {runNpm} from './run-npm.js';
export {ProgramError, runProgram, type ProgramOptions} from './run-program.js';
