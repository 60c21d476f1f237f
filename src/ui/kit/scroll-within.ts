/**
 * Scrolls an area until a part of it is seen whole, and nothing around the area. Unlike `scrollIntoView` it leaves alone
 * where the next Tab goes from.
 */
export function scrollWithin(area: Element | null, part: Element | null | undefined): void {
  if (!area || !part) return;
  const [inside, outside] = [part.getBoundingClientRect(), area.getBoundingClientRect()];
  area.scrollLeft += beyond([inside.left, inside.right], [outside.left, outside.right]);
  area.scrollTop += beyond([inside.top, inside.bottom], [outside.top, outside.bottom]);
}

/** Distance by which the part is outside the area; if it is larger, its beginning is shown. */
function beyond(part: [number, number], area: [number, number]): number {
  if (part[0] < area[0]) return part[0] - area[0];
  return Math.min(Math.max(0, part[1] - area[1]), part[0] - area[0]);
}
