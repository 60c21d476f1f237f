/** The layer view: channel capacity between the channels of two layers. */
export function Layers() {
  return <section class="view layers" aria-label="Layers" />;
}
