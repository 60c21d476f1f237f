/** The query view: the architecture, the hypercube, and what is asked of them. */
export function QueryRail() {
  return <aside class="rail" aria-label="Query" />;
}
