/**
 * The HTTP server of the viewer, over a folder of runs.
 *
 * @module cnnslicer/server
 */
export {createApp, type App, type AppOptions} from './create-app.js';
export {startServer, type RunningServer, type ServerOptions} from './start-server.js';
export type {ProjectedSamples, ProjectionRequest, Projector} from './projector.js';
