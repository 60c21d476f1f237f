import test from 'ava';
import {SvgPen} from '#ui/charts/svg-pen.js';

const elements = (draw: (pen: SvgPen) => void): string[] => {
  const pen = new SvgPen(null);
  draw(pen);
  return pen.toSvg(100, 50).split('\n').slice(1, -2);
};

test('what is filled and stroked is an element with its paint', t => {
  t.deepEqual(
    elements(pen => {
      pen.fillStyle = '#ff0000';
      pen.globalAlpha = 0.5;
      pen.fillRect(1, 2, 3, 4);
      pen.globalAlpha = 1;
      pen.strokeStyle = '#00ff00';
      pen.setLineDash([5, 4]);
      pen.beginPath();
      pen.moveTo(0, 0);
      pen.lineTo(10.123, 5);
      pen.stroke();
    }),
    [
      '<rect x="1" y="2" width="3" height="4" fill="#ff0000" fill-opacity="0.5"/>',
      '<path d="M0 0L10.12 5" fill="none" stroke="#00ff00" stroke-width="1" stroke-dasharray="5 4"/>',
    ],
  );
});

test('a whole circle is a circle; with something else in the path it is two half circles', t => {
  const turn = 2 * Math.PI;
  const drawn = elements(pen => {
    pen.beginPath();
    pen.arc(10, 10, 4, 0, turn);
    pen.fill();
    pen.lineTo(20, 10);
    pen.fill();
    pen.beginPath();
    pen.arc(10, 10, 4, 0, turn / 2);
    pen.stroke();
  });
  t.deepEqual(drawn, [
    '<circle cx="10" cy="10" r="4" fill="#000000"/>',
    '<path d="M14 10A4 4 0 0 1 6 10A4 4 0 0 1 14 10L20 10" fill="#000000"/>',
    '<path d="M14 10A4 4 0 0 1 10 14A4 4 0 0 1 6 10" fill="none" stroke="#000000" stroke-width="1"/>',
  ]);
});

test('what is painted under a title is a group with it', t => {
  const drawn = elements(pen => pen.titled('a < b', () => pen.fillRect(0, 0, 1, 1)));
  t.deepEqual(drawn, [
    '<g><title>a &lt; b</title>',
    '<rect x="0" y="0" width="1" height="1" fill="#000000"/>',
    '</g>',
  ]);
});

test('a place and a clip last until they are restored, and the document is closed where they are not', t => {
  t.deepEqual(
    elements(pen => {
      pen.save();
      pen.translate(5, 6);
      pen.rotate(Math.PI / 2);
      pen.beginPath();
      pen.rect(0, 0, 10, 10);
      pen.clip();
      pen.fillRect(0, 0, 1, 1);
      pen.restore();
      pen.fillRect(0, 0, 2, 2);
    }),
    [
      '<clipPath id="clip-1"><path d="M0 0h10v10h-10z" transform="translate(5 6)rotate(90)"/></clipPath>',
      '<g clip-path="url(#clip-1)">',
      '<rect x="0" y="0" width="1" height="1" fill="#000000" transform="translate(5 6)rotate(90)"/>',
      '</g>',
      '<rect x="0" y="0" width="2" height="2" fill="#000000"/>',
    ],
  );
  const open = new SvgPen(null);
  open.clip();
  t.true(open.toSvg(1, 1).endsWith('</g></svg>\n'));
});

test('a text is where a canvas would draw it, with its characters escaped', t => {
  const [text] = elements(pen => {
    pen.font = '600 12px "Open Sans", sans-serif';
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    pen.fillText('a < b & c', 7, 8);
  });
  t.is(
    text,
    '<text x="7" y="8" font-family="&quot;Open Sans&quot;, sans-serif" font-size="12" font-weight="600" ' +
      'text-anchor="end" dy="0.35em" fill="#000000">a &lt; b &amp; c</text>',
  );
});
