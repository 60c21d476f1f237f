export {assertInterval, assertLength, assertPositiveInteger} from './assert.js';
export {chanceDraws, discoveries} from './false-discoveries.js';
export {comparedNames, findLayer, layerAliases} from './layer-alias.js';
export {
  chartTag,
  chartTitle,
  LAYER_MEASURES,
  LAYER_MEASURE_NAMES,
  LAYER_TABLES,
  type LayerMeasure,
  type LayerRow,
} from './layer-measures.js';
export {LIMITS} from './limits.js';
export {seededRandom, shuffle, type Random} from './random.js';
export {drawStratified} from './stratified.js';
export {FINDINGS_EVENTS, NO_LABEL, storedSamples} from './run.js';
export type {
  ArchitectureNode,
  CaptureOptions,
  LabelledOutput,
  LayerInfo,
  ProcessIdentity,
  RunInfo,
  RunStatus,
} from './run-schema.js';
export type {
  Aggregate,
  AggregateAxis,
  AggregateQuery,
  CapacityQuery,
  ClassEntropyQuery,
  ClassSelector,
  FeatureMapsQuery,
  IndexRange,
  IndexSelector,
  InterSampleQuery,
  IntraSampleQuery,
  LayerMeasureQuery,
  LayerRange,
  LayerSelector,
  MeasureQuery,
  Query,
  SampleSelector,
  Slice,
} from './notation/query.js';
export {completeQuery, type Completion} from './notation/complete-query.js';
export type {CompletionKind} from './notation/expectations.js';
export {parseQuery} from './notation/parse-query.js';
export {printQuery} from './notation/print-query.js';
export {QueryError} from './notation/query-error.js';
export {
  cellOf,
  cellsOf,
  columnFrom,
  columnMaker,
  columnNamed,
  concatTables,
  constantColumn,
  csvTexts,
  emptyTable,
  filterRows,
  isConstant,
  isNull,
  joinedValues,
  mapColumns,
  MisfitError,
  numbersOf,
  rowGroups,
  rowsOf,
  rowsWhere,
  sliceColumn,
  sliceRows,
  tableFromRows,
  takeRows,
  type Cell,
  type CellType,
  type Column,
  type ColumnOf,
  type DoubleColumn,
  type IntegerColumn,
  type MapColumn,
  type Table,
  type TableTypes,
  type TextColumn,
  type Wanted,
} from './table/index.js';
export type {QueryResult} from './query-result.js';
export {baseType, type ColumnType, type TableColumn} from './table-column.js';
export type {Reason} from './reason.js';
export {
  isTableName,
  TABLE_SCHEMAS,
  tableColumns,
  type CapacityRow,
  type ChannelEntropyRow,
  type ClassEntropyRow,
  type ConfusionRow,
  type LayerEntropyRow,
  type TrainingSetRow,
  type LogsRow,
  type PredictionsRow,
  type TableName,
  type TableRows,
} from './tables.js';
export type {
  ApiError,
  Columns,
  EpochEvent,
  ProgressEvent,
  RunAccuracies,
  RunDetail,
  RunSummary,
} from './api.js';
export type {Finding, FindingKind} from './finding.js';
export {shareOfZeroMaps} from './zero-maps.js';
export {
  brightIsLittle,
  divergingPalette,
  scalePalette,
  sequentialStops,
  type ThemeName,
} from './pictures/colour-scales.js';
export {oklabToRgb, parseHex, rgbToOklab, toHex, type Oklab, type Rgb} from './pictures/oklab.js';
export {
  packedPixels,
  paletteIndex,
  rasterize,
  type Grid,
  type RasterizeOptions,
} from './pictures/rasterize.js';
export {mapScale, type MapScale} from './pictures/map-scale.js';
export {pictureRange, samplePicture, type Picture} from './pictures/sample-picture.js';
export {largestSize, signedPicture} from './pictures/signed-picture.js';
