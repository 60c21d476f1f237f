export {answerQuestions, type Answerer, type AnswerJob} from './answer-questions.js';
export {ProcessDied} from './process-died.js';
export {PoolIsFull, ProcessPool, type PoolJob, type ProcessPoolOptions} from './process-pool.js';
