/** CSV against RFC 4180, and against spreadsheets that compute what they are given. */
import { expect, test } from 'vitest';
import { csv } from '../../src/export/csv.ts';

const one = (...cells: (string | number | null | undefined)[]) => csv({ columns: [], rows: [cells] }).split('\r\n')[1];

test('puts what holds commas, quotes or line breaks into quotes, and quotes twice', () => {
  expect(one('plain', 'a,b', 'says "no"', 'two\nlines', '')).toBe('plain,"a,b","says ""no""","two\nlines",');
  expect(csv({ columns: ['a', 'b'], rows: [[1, 2]] })).toBe('a,b\r\n1,2\r\n');
});

test('leaves out what is not known, and writes a number as it is', () => {
  expect(one(null, undefined, 0, -0.5, 1e-9)).toBe(',,0,-0.5,1e-9');
});

test('lets no spreadsheet compute a cell, and leaves numbers alone', () => {
  expect(one('=1+1', '+x', '-x', '@SUM(A1)', '\t=1')).toBe("'=1+1,'+x,'-x,'@SUM(A1),'\t=1");
  expect(one('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`);
  expect(one('-0.5', '+3', '-1e-3', '-.5', 'a=b', '2-3')).toBe('-0.5,+3,-1e-3,-.5,a=b,2-3');
  expect(one('-1+cmd')).toBe("'-1+cmd");
});
