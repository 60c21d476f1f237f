/**
 * Shape of a 2-D convolution or pooling over NHWC float32 tensors, as the host lays it out: int32 fields in this order.
 * The order is that of `packGeometry` in src/wasm-training/geometry.ts.
 */
@unmanaged
export class Geometry {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  padTop: i32;
  padLeft: i32;
}
