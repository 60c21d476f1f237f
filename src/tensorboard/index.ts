export {EventWriter, type EventWriterOptions} from './event-writer.js';
export {removeEventFiles} from './event-files.js';
