declare module 'oled-font-5x7' {
  const font: {
    width: 5;
    height: 7;
    /** Five columns a character, the lowest bit on top, in the order of `lookup`. */
    fontData: number[];
    lookup: string[];
  };
  export default font;
}
